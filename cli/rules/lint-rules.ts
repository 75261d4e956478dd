// Tells what is wrong or missing in rule files.
import { builtinRules, formatProblem, type LintProblem, lintRules } from '@yagura/detection';
import { unreadLists } from '../analyze/load-rule-set.ts';
import { plural } from '../terminal/plural.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { requireRuleFiles } from './require-rule-files.ts';

export interface LintOptions {
  readonly json?: boolean;
  /** Warnings count as a failure too. */
  readonly strict?: boolean;
  readonly lists?: readonly string[];
}

/** As compilers write it, so that editors find the place and tell errors from warnings. */
const lineOf = (problem: LintProblem): string =>
  formatProblem({ ...problem, message: `${problem.severity}: ${problem.message}` });

/** Returns the exit code. */
export async function lint(
  folder: string | undefined,
  options: LintOptions,
  terminal: Terminal,
): Promise<number> {
  await requireRuleFiles([folder]);
  const problems = await lintRules(folder ?? builtinRules, options.lists);
  const line = options.json ? JSON.stringify : lineOf;
  for (const problem of problems) await terminal.print(`${line(problem)}\n`);
  const unread = await unreadLists([folder ?? builtinRules], options.lists);
  for (const notice of unread) terminal.note(`left out: ${notice}\n`);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const summary = `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`;
  if (!options.json) terminal.note(problems.length === 0 ? 'nothing found\n' : `${summary}\n`);
  return errors > 0 || (options.strict === true && warnings > 0) ? 1 : 0;
}
