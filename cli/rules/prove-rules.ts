// Runs the tests of rules, and looks for what is wrong or missing in rule files.
import { builtinRules, formatProblem, lintRules, type RuleReport, runRuleTests } from '@yagura/detection';
import { type Paint, paintFor } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';

function reportLines(report: RuleReport, paint: Paint): readonly string[] {
  if (report.message !== undefined) return [`${paint('red', '✖')} ${report.file}: ${report.message}`];
  return report.cases.map(({ name, ok, message }) =>
    ok
      ? `${paint('green', '✔')} ${report.rule}: ${name}`
      : `${paint('red', '✖')} ${report.rule}: ${name}\n    ${report.file}: ${message?.replaceAll('\n', '\n    ')}`,
  );
}

export async function testRules(
  folder: string | undefined,
  isJson: boolean,
  terminal: Terminal,
): Promise<number> {
  const report = await runRuleTests(folder ?? builtinRules);
  const isGood = report.failed === 0 && report.problems.length === 0;
  if (isJson) {
    await terminal.print(`${JSON.stringify(report)}\n`);
    return isGood ? 0 : 1;
  }
  const paint = paintFor(terminal.hasOutputColours);
  const lines = [
    ...report.rules.flatMap((each) => reportLines(each, paint)),
    ...report.problems.map((problem) => `${paint('red', '✖')} ${formatProblem(problem)}`),
    `${report.passed} passed, ${report.failed} failed, ${report.problems.length} broken`,
  ];
  await terminal.print(`${lines.join('\n')}\n`);
  return isGood ? 0 : 1;
}

export async function lint(folder: string | undefined, isJson: boolean, terminal: Terminal): Promise<number> {
  const problems = await lintRules(folder ?? builtinRules);
  const line = isJson ? JSON.stringify : formatProblem;
  for (const problem of problems) await terminal.print(`${line(problem)}\n`);
  if (!isJson) terminal.note(problems.length === 0 ? 'nothing found\n' : `${problems.length} found\n`);
  return problems.length === 0 ? 0 : 1;
}
