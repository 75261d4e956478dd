// `yagura rules check`: what becomes of the rules of any Falco file.
import {
  type CheckedRule,
  type CheckReport,
  checkRules,
  formatProblem,
  type RuleProblem,
  type RuleVerdict,
  readListsFor,
  readRuleFiles,
  withBuiltinDefinitions,
} from '@yagura/detection';
import { unreadLists } from '../analyze/load-rule-set.ts';
import { type Paint, paintFor } from '../terminal/style.ts';
import { plain } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { requireRuleFiles } from './require-rule-files.ts';

export interface CheckOptions {
  readonly json?: boolean;
  /** Fields that are always empty count as a failure too. */
  readonly strict?: boolean;
  /** Folders of lists, beside those that stand with the rules. */
  readonly lists?: readonly string[];
}

const words: Readonly<Record<RuleVerdict, string>> = {
  runs: 'runs',
  'empty-fields': 'runs, with fields that are always empty',
  'cannot-run': 'cannot run',
  skipped: 'left out, as it asks to be',
};

const marks: Readonly<Record<RuleVerdict, readonly [mark: string, colour: 'green' | 'yellow' | 'red']>> = {
  runs: ['✔', 'green'],
  'empty-fields': ['~', 'yellow'],
  'cannot-run': ['✖', 'red'],
  skipped: ['-', 'yellow'],
};

function linesOf(checked: CheckedRule, paint: Paint): readonly string[] {
  const [mark, colour] = marks[checked.verdict];
  const off = checked.isEnabled ? '' : ' (off)';
  const fields = checked.verdict === 'empty-fields' ? `: ${checked.emptyFields.join(', ')}` : '';
  const isShown = checked.verdict === 'runs' || checked.verdict === 'empty-fields';
  const blank = isShown && checked.emptyInOutput.length > 0 ? checked.emptyInOutput.join(', ') : undefined;
  return [
    `${paint(colour, mark)} ${plain(checked.rule)}${off}: ${words[checked.verdict]}${plain(fields)}`,
    ...(blank === undefined ? [] : [`    its output shows <NA> for ${plain(blank)}`]),
    ...checked.reasons.map((reason) => `    ${plain(formatProblem(reason))}`),
  ];
}

const count = ({ rules }: CheckReport, verdict: RuleVerdict): number =>
  rules.filter((rule) => rule.verdict === verdict).length;

function textOf(report: CheckReport, paint: Paint): string {
  const tell = (mark: string, problems: readonly RuleProblem[]): readonly string[] =>
    problems.map((problem) => `${mark} ${plain(formatProblem(problem))}`);
  const skipped = count(report, 'skipped');
  return [
    ...report.rules.flatMap((rule) => linesOf(rule, paint)),
    ...tell(paint('red', '✖'), report.problems),
    ...tell(paint('yellow', '!'), report.notices),
    `${report.rules.length} ${report.rules.length === 1 ? 'rule' : 'rules'}: ${count(report, 'runs')} run, ${count(report, 'empty-fields')} run with empty fields, ${count(report, 'cannot-run')} cannot run${
      skipped === 0 ? '' : `, ${skipped} left out`
    }`,
    '',
  ].join('\n');
}

/** 0: all that are on run; 1: some cannot, or a file, macro or list is broken, or with `strict` some field is always empty. */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const { json = false, strict = false } = options;
  await requireRuleFiles(paths);
  const own = (await Promise.all(paths.map((path) => readRuleFiles(path)))).flat();
  const data = await readListsFor(paths[0] ?? '.', options.lists);
  for (const notice of await unreadLists(paths, options.lists)) terminal.note(`left out: ${notice}\n`);
  const report = checkRules(await withBuiltinDefinitions(own), data);
  await terminal.print(
    json ? `${JSON.stringify(report)}\n` : textOf(report, paintFor(terminal.hasOutputColours)),
  );
  // A rule that is off is missed by nobody.
  const isMissed = report.rules.some(({ verdict, isEnabled }) => verdict === 'cannot-run' && isEnabled);
  const isBroken = isMissed || report.problems.length > 0;
  return isBroken || (strict && count(report, 'empty-fields') > 0) ? 1 : 0;
}
