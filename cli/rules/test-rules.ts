// Runs the tests that stand beside rules, and tells what of the conditions they left untried.
import {
  type BranchReport,
  builtinRules,
  formatProblem,
  type RuleReport,
  type RuleTestReport,
  runRuleTests,
} from '@yagura/detection';
import { type Paint, paintFor } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { requireRuleFiles } from './require-rule-files.ts';

export interface TestOptions {
  readonly branches?: boolean;
  readonly minBranches?: number;
  readonly lists?: readonly string[];
  readonly json?: boolean;
}

function reportLines(report: RuleReport, paint: Paint): readonly string[] {
  if (report.message !== undefined) {
    const { line = 1, column = 1 } = report.place ?? {};
    return [`${paint('red', '✖')} ${report.file}:${line}:${column}: ${report.message}`];
  }
  return report.cases.map(({ name, line, column, ok, message }) =>
    ok
      ? `${paint('green', '✔')} ${report.rule}: ${name}`
      : `${paint('red', '✖')} ${report.rule}: ${name}\n    ${report.file}:${line}:${column}: ${message?.replaceAll('\n', '\n    ')}`,
  );
}

const branchLines = ({ of, untried }: BranchReport): readonly string[] =>
  untried.length === 0
    ? []
    : [
        `${of}: not tried`,
        ...untried.map(
          ({ file, line, column, text, side }) =>
            `    ${side ? 'never held ' : 'always held'}  ${text}  (${file}:${line}:${column})`,
        ),
      ];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function sharePercent(coverage: readonly BranchReport[]): number {
  const branches = sum(coverage.map((report) => report.branches));
  return branches === 0 ? 100 : (100 * sum(coverage.map(({ tried }) => tried))) / branches;
}

function textOf(report: RuleTestReport, options: TestOptions, paint: Paint): string {
  const { coverage, rules, problems, passed, failed } = report;
  const tried = sum(coverage.map((each) => each.tried));
  const branches = sum(coverage.map((each) => each.branches));
  const hint = options.branches || tried === branches ? '' : '; --branches lists the others';
  const lines = [
    ...rules.flatMap((each) => reportLines(each, paint)),
    ...problems.map((problem) => `${paint('red', '✖')} ${formatProblem(problem)}`),
    ...(options.branches ? coverage.flatMap(branchLines) : []),
    `${tried} of ${branches} branches of conditions tried (${Math.floor(sharePercent(coverage))} %)${hint}`,
    `${passed} passed, ${failed} failed, ${problems.length} broken`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Returns the exit code. */
export async function testRules(
  folder: string | undefined,
  options: TestOptions,
  terminal: Terminal,
): Promise<number> {
  await requireRuleFiles([folder]);
  const report = await runRuleTests(folder ?? builtinRules, { lists: options.lists ?? [] });
  const isTried = sharePercent(report.coverage) >= (options.minBranches ?? 0);
  const isGood = report.failed === 0 && report.problems.length === 0 && isTried;
  const paint = paintFor(terminal.hasOutputColours);
  await terminal.print(options.json ? `${JSON.stringify(report)}\n` : textOf(report, options, paint));
  if (!isTried) terminal.note(`fewer than ${options.minBranches} % of the branches were tried\n`);
  return isGood ? 0 : 1;
}
