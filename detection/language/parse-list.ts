// A list in parentheses that stands alone, as an exception may write it: `(apt, dpkg)`.
import type { Literal } from './condition.ts';
import { ConditionError, fail } from './condition-error.ts';
import { atEnd, type Cursor, skipSpace } from './cursor.ts';
import { readList } from './parse-comparison.ts';
import { problemAt, type RuleProblem } from './problem.ts';
import type { SourceText } from './source-text.ts';

export const isListText = (text: string): boolean => text.trim().startsWith('(');

/** Undefined when there was a mistake; it is then among the problems. */
export function parseList(source: SourceText, problems: RuleProblem[]): readonly Literal[] | undefined {
  const cursor: Cursor = { source, at: 0 };
  try {
    const values = readList(cursor);
    skipSpace(cursor);
    if (!atEnd(cursor)) fail(cursor, 'unexpected text behind a list', 'the end');
    return values;
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    problems.push(problemAt(error.span, error.message, error.expected));
    return undefined;
  }
}
