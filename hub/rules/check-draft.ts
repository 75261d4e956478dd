// What would come of saving a rule file: problems that it brings, ids that it takes, and its own tests.
import {
  type RuleFileCheck,
  type RuleFileDraft,
  type RuleFileProblem,
  ruleFileLimits,
  type StoredRuleFile,
} from '@yagura/contracts';
import {
  type Countries,
  formatProblem,
  type LoadedRule,
  type LoadedRules,
  loadRules,
  noticeOf,
  runTestFile,
} from '@yagura/detection';
import type { CompiledSource } from './compile-source.ts';
import { hubSource, isMissing, type RuleSource, type RuleSources } from './rule-source.ts';

export interface CheckDraftOptions {
  readonly name: string;
  readonly draft: RuleFileDraft;
  /** Of the hub, as they are now. */
  readonly files: readonly StoredRuleFile[];
  readonly sources: RuleSources;
  readonly compiled: readonly CompiledSource[];
  readonly countries: Countries;
}

const shownProblems = 100;

export function checkDraft(options: CheckDraftOptions): RuleFileCheck {
  const { name, draft, files, compiled } = options;
  const others = files.filter((file) => file.name !== name);
  const inOrder = [...others, { name, text: draft.text }].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const source = hubSource(inOrder, builtinOf(options.sources));
  const loaded = loadRules(source.files, source.data);
  const file = `${name}.yaml`;
  const rules = loaded.rules.filter(({ info }) => info.file === file);
  const known = new Set(compiled.find(({ origin }) => origin === 'hub')?.problems.map(formatProblem));
  const problems: RuleFileProblem[] = loaded.problems
    .filter((problem) => problem.file === file || !known.has(formatProblem(problem)))
    .map(({ file: at, line, column, message, expected }) => ({
      ...{ file: at, line, column, message },
      ...(expected === undefined ? {} : { expected }),
    }));
  problems.push(...takenIds(rules, options), ...takenNames(others, options));
  if (files.length >= ruleFileLimits.files && others.length === files.length)
    problems.push({ file, line: 1, column: 1, message: `there are ${files.length} rule files already` });
  const tests = runTests(draft.tests, rules, options);
  return {
    ok: problems.length === 0 && tests.every(({ ok }) => ok),
    rules: rules.map(({ info }) => info.id),
    problems: problems.slice(0, shownProblems),
    notices: noticesOf(rules, loaded, file).slice(0, shownProblems),
    tests,
  };
}

const noticesOf = (rules: readonly LoadedRule[], { notices }: LoadedRules, file: string): string[] => [
  ...notices.filter((notice) => notice.file === file).map(formatProblem),
  ...rules.flatMap((rule) => {
    const notice = noticeOf(rule);
    return notice === undefined ? [] : [`${rule.info.id}: ${notice}`];
  }),
];

export const builtinOf = ({ sources, data }: RuleSources): Pick<RuleSource, 'files' | 'data'> => {
  const [first] = sources;
  return first === undefined || isMissing(first) ? { files: [], data } : first;
};

function takenIds(
  rules: readonly LoadedRule[],
  { name, draft, compiled }: CheckDraftOptions,
): RuleFileProblem[] {
  const file = `${name}.yaml`;
  const others = compiled.filter(({ origin }) => origin !== 'hub');
  return rules.flatMap(({ info: { id } }) => {
    const owner = others.find((source) => source.rules.some(({ loaded }) => loaded.info.id === id));
    if (owner === undefined || draft.overrides?.includes(id)) return [];
    return [
      {
        ...{ file, line: 1, column: 1 },
        message: `rule id ${id} is taken by a rule of ${owner.origin === 'builtin' ? 'Yagura itself' : owner.key}`,
        expected: `another id, or ${id} among the rules that this file overrides`,
      },
    ];
  });
}

/** As in Falco the later of two rules with one name would count, and by chance: files are in the order of their names. */
function takenNames(
  others: readonly StoredRuleFile[],
  { name, draft, sources, compiled }: CheckDraftOptions,
): RuleFileProblem[] {
  if (others.length === 0) return [];
  const file = `${name}.yaml`;
  const kept = compiled.find(({ origin }) => origin === 'hub')?.rules ?? [];
  const owners = new Map(kept.map(({ loaded: { info } }) => [info.name, info.file]));
  const source = hubSource([...others, { name, text: draft.text }], builtinOf(sources));
  return loadRules(source.files, source.data).rules.flatMap(({ info }) => {
    const owner = owners.get(info.name);
    if (info.file !== file || owner === undefined || owner === file) return [];
    return [
      {
        ...{ file, line: 1, column: 1 },
        message: `the rule "${info.name}" stands in ${owner} of this hub already`,
        expected: `a change of it there, or another name and id`,
      },
    ];
  });
}

function runTests(
  text: string | undefined,
  rules: readonly LoadedRule[],
  { name, countries }: CheckDraftOptions,
): RuleFileCheck['tests'] {
  if (text === undefined || text.trim() === '' || rules.length === 0) return [];
  const report = runTestFile({ path: `${name}.test.yaml`, text }, rules, { countries });
  if (report.message !== undefined) return [{ name: 'tests', ok: false, message: report.message }];
  return report.cases.map(({ name: title, ok, message }) => ({
    ...{ name: title, ok },
    ...(message === undefined ? {} : { message }),
  }));
}
