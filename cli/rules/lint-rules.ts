// Tells what is wrong or missing in rule files.
import { builtinRules, formatProblem, lintRules } from '@yagura/detection';
import type { Terminal } from '../terminal/terminal.ts';

export interface LintOptions {
  readonly json?: boolean;
  readonly lists?: readonly string[];
}

/** Returns the exit code. */
export async function lint(
  folder: string | undefined,
  options: LintOptions,
  terminal: Terminal,
): Promise<number> {
  const problems = await lintRules(folder ?? builtinRules, options.lists);
  const line = options.json ? JSON.stringify : formatProblem;
  for (const problem of problems) await terminal.print(`${line(problem)}\n`);
  if (!options.json) terminal.note(problems.length === 0 ? 'nothing found\n' : `${problems.length} found\n`);
  return problems.length === 0 ? 0 : 1;
}
