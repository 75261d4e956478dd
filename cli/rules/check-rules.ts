// `yagura rules check`: what becomes of the rules of any Falco file.
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type CheckedRule,
  type CheckReport,
  checkRules,
  formatProblem,
  type RuleFile,
  type RuleProblem,
  type RuleVerdict,
  readListsFor,
  readRuleFiles,
} from '@yagura/detection';
import { CliError } from '../errors.ts';
import { type Paint, paintFor } from '../terminal/style.ts';
import { plain } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface CheckOptions {
  readonly json?: boolean;
  /** Fields that are always empty count as a failure too. */
  readonly strict?: boolean;
  /** Folders of lists, beside those that stand with the rules. */
  readonly lists?: readonly string[];
}

interface Given {
  readonly path: string;
  readonly isFolder: boolean;
}

async function look(path: string): Promise<Given> {
  try {
    return { path, isFolder: (await stat(path)).isDirectory() };
  } catch (cause) {
    throw new CliError('OPTION_INVALID', `cannot read ${path}: ${(cause as Error).message}`, {
      cause,
      mend: 'Name rule files, or folders of them, in the order in which Falco would load them.',
    });
  }
}

const readGiven = async ({ path, isFolder }: Given): Promise<readonly RuleFile[]> =>
  isFolder ? readRuleFiles(path) : [{ path, text: await readFile(path, 'utf8') }];

/** The folder whose `lists` the rules may name: the first that was given, or that of the first file. */
const listsBeside = (given: readonly Given[]): string => {
  const folder = given.find(({ isFolder }) => isFolder)?.path;
  return folder ?? dirname(given[0]?.path ?? '.');
};

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
  return [
    `${paint(colour, mark)} ${plain(checked.rule)}${off}: ${words[checked.verdict]}${plain(fields)}`,
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
  const given = await Promise.all(paths.map(look));
  const files = (await Promise.all(given.map(readGiven))).flat();
  const report = checkRules(files, await readListsFor(listsBeside(given), options.lists));
  await terminal.print(
    json ? `${JSON.stringify(report)}\n` : textOf(report, paintFor(terminal.hasOutputColours)),
  );
  // A rule that is off is missed by nobody.
  const isMissed = report.rules.some(({ verdict, isEnabled }) => verdict === 'cannot-run' && isEnabled);
  const isBroken = isMissed || report.problems.length > 0;
  return isBroken || (strict && count(report, 'empty-fields') > 0) ? 1 : 0;
}
