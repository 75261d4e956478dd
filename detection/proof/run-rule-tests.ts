// Runs the tests that stand beside rules, through the engine, and tells what differed.
import type { AlertDraft, Event } from '@yagura/contracts';
import { type Countries, loadCountries } from '../data/countries.ts';
import { createAlertCollector } from '../engine/alert-collector.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { readRuleSet, readTestFiles } from '../files/load-rule-folder.ts';
import { type LoadedRule, loadRules } from '../files/load-rules.ts';
import type { RuleFile } from '../files/read-items.ts';
import type { RuleProblem } from '../language/problem.ts';
import { type BranchCoverage, type BranchReport, createBranchCoverage } from './branch-coverage.ts';
import { createChoice, isOfAnother, nameOfTestFile, noRuleMessage, ruleUnderTest } from './choose-rules.ts';
import type { ExpectedAlert } from './expected-alert.ts';
import { type Place, type RuleCase, readTestFile } from './test-file.ts';
import { type TimedEvents, timedEvents } from './timed-events.ts';

export interface RuleCaseReport extends Place {
  readonly name: string;
  readonly expects: 'alerts' | 'silence';
  readonly ok: boolean;
  /** What differed. */
  readonly message?: string;
}

export interface RuleReport {
  readonly rule: string;
  readonly file: string;
  readonly cases: readonly RuleCaseReport[];
  /** The tests file itself could not be read, and where. */
  readonly message?: string;
  readonly place?: Place;
}

export interface RuleTestReport {
  readonly rules: readonly RuleReport[];
  readonly problems: readonly RuleProblem[];
  readonly passed: number;
  readonly failed: number;
  /** What the cases tried of the conditions: one report a rule, and one a file of shared macros. */
  readonly coverage: readonly BranchReport[];
}

/** With nothing remembered from the case before. */
function alertsOf(engine: Engine, events: readonly Event[]): readonly AlertDraft[] {
  const collector = createAlertCollector();
  engine.state.restore(undefined);
  for (const event of events) for (const match of engine.evaluate(event)) collector.add(match);
  return collector.drafts();
}

function difference(expected: ExpectedAlert, alert: AlertDraft): string | undefined {
  const { count, severity, message, evidence = [], entities = {} } = expected;
  if (count !== undefined && alert.count !== count) return `count ${alert.count} instead of ${count}`;
  if (severity !== undefined && alert.severity !== severity)
    return `severity ${alert.severity} instead of ${severity}`;
  if (message !== undefined && !alert.message.includes(message))
    return `the message is ${JSON.stringify(alert.message)}`;
  const fields = alert.evidence.map(({ field }) => field);
  const missing = evidence.find((field) => !fields.includes(field));
  if (missing !== undefined) return `no evidence of ${missing}; there is ${fields.join(', ')}`;
  const found: Readonly<Record<string, string | undefined>> = alert.entities;
  const entity = Object.keys(entities).find((key) => found[key] !== entities[key]);
  return entity === undefined ? undefined : `${entity} is ${found[entity]} instead of ${entities[entity]}`;
}

function compare(expected: readonly ExpectedAlert[], alerts: readonly AlertDraft[]): string | undefined {
  if (alerts.length !== expected.length) {
    const messages = alerts.map((alert) => `\n  ${alert.message}`).join('');
    return `${alerts.length} alerts instead of ${expected.length}${messages}`;
  }
  return expected
    .map((wanted, index) => {
      const alert = alerts[index];
      return alert === undefined ? 'no such alert' : difference(wanted, alert);
    })
    .find((found) => found !== undefined);
}

const learningFor = (rule: LoadedRule, learnMs: number): LoadedRule =>
  rule.correlation?.type === 'novelty' ? { ...rule, correlation: { ...rule.correlation, learnMs } } : rule;

interface Bench {
  readonly rule: LoadedRule;
  readonly engine: Engine;
  readonly countries: Countries;
  readonly coverage: BranchCoverage;
  readonly retell: Retell | undefined;
}

const retold = (timed: TimedEvents, retell: Retell | undefined): TimedEvents =>
  timed.ok && retell !== undefined ? { ok: true, events: timed.events.flatMap(retell) } : timed;

function runCase({ rule, engine, countries, coverage, retell }: Bench, entry: RuleCase): RuleCaseReport {
  const { name, place, events, alerts, learnMs } = entry;
  const expects = alerts.length > 0 ? 'alerts' : 'silence';
  const timed = retold(timedEvents(events), retell);
  if (timed.ok) for (const event of timed.events) coverage.observe(rule, event, { countries });
  const own = learnMs === undefined ? engine : createEngine([learningFor(rule, learnMs)], { countries });
  const message = timed.ok ? compare(alerts, alertsOf(own, timed.events)) : timed.message;
  return {
    name,
    ...place,
    expects,
    ok: message === undefined,
    ...(message === undefined ? {} : { message }),
  };
}

/** An event as another log would have told it. */
export type Retell = (event: Event) => readonly Event[];

export interface TestFileOptions {
  readonly countries: Countries;
  readonly coverage?: BranchCoverage;
  readonly retell?: Retell | undefined;
}

/** The cases of one tests file, on the rule of `rules` that it is named after. */
export function runTestFile(
  file: RuleFile,
  rules: readonly LoadedRule[],
  { countries, coverage = createBranchCoverage(rules), retell }: TestFileOptions,
): RuleReport {
  const read = readTestFile(file);
  const rule = ruleUnderTest(file.path, rules);
  const about = { rule: rule?.info.id ?? nameOfTestFile(file.path), file: file.path };
  if (!read.ok) return { ...about, cases: [], message: read.message, place: read.place };
  if (rule === undefined)
    return { ...about, cases: [], message: noRuleMessage(file.path, rules), place: { line: 1, column: 1 } };
  const bench = { rule, engine: createEngine([rule], { countries }), countries, coverage, retell };
  return { ...about, cases: read.cases.map((entry) => runCase(bench, entry)) };
}

interface FolderTestOptions extends Pick<TestFileOptions, 'retell'> {
  /** Folders of lists that stand in for those beside the rules. */
  readonly lists?: readonly string[];
}

/** All rules of the folder, or of one file, are loaded, and each case looks at the rule that its file is named after. */
export async function runRuleTests(
  place: string | URL,
  { retell, lists = [] }: FolderTestOptions = {},
): Promise<RuleTestReport> {
  const { files: ruleFiles, data } = await readRuleSet(place, lists);
  const { rules, problems } = loadRules(ruleFiles, data);
  const { countries } = loadCountries(data);
  const choose = createChoice({ rules, files: ruleFiles, data });
  const files = (await readTestFiles(place)).flatMap((file) => {
    const read = readTestFile(file);
    const rule = choose(file.path, read.ok ? read.lists : {});
    return rule === undefined && isOfAnother(file.path, place) ? [] : [{ file, rule }];
  });
  // Rules with lists of their own first: what they share with others is then tried with these lists.
  const chosen = files.flatMap(({ rule }) => (rule === undefined ? [] : [rule]));
  const untested = rules.filter(({ info }) => !chosen.some((rule) => rule.info.id === info.id));
  const ownLists = chosen.filter((rule) => !rules.includes(rule));
  const coverage = createBranchCoverage([...new Set([...ownLists, ...chosen]), ...untested]);
  const reports = files.map(({ file, rule }) =>
    runTestFile(file, rule === undefined ? rules : [rule], { countries, coverage, retell }),
  );
  const cases = reports.flatMap((report) => report.cases);
  const unread = reports.filter((report) => report.message !== undefined).length;
  const passed = cases.filter(({ ok }) => ok).length;
  const failed = cases.length - passed + unread;
  return { rules: reports, problems, passed, failed, coverage: coverage.report() };
}
