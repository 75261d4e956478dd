// What is wrong with a rule file: always with file, line and column, and with what was expected where that can be said.
import type { Span } from './source-text.ts';

export interface RuleProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly expected?: string;
}

export function problemAt(span: Span, message: string, expected?: string): RuleProblem {
  const position = span.source.locate(span.start);
  return { file: span.source.file, ...position, message, ...(expected === undefined ? {} : { expected }) };
}

/** `file:line:column: message (expected …)`, as editors and terminals link it. */
export const formatProblem = (problem: RuleProblem): string =>
  `${problem.file}:${problem.line}:${problem.column}: ${problem.message}${
    problem.expected === undefined ? '' : ` (expected ${problem.expected})`
  }`;
