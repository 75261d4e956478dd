// How the parser leaves a condition that it cannot read; caught where parsing began.
import type { Cursor } from './cursor.ts';
import type { Span } from './source-text.ts';

export class ConditionError extends Error {
  readonly span: Span;
  readonly expected: string | undefined;

  constructor(span: Span, message: string, expected?: string) {
    super(message);
    this.span = span;
    this.expected = expected;
  }
}

export function fail(cursor: Cursor, message: string, expected?: string, at = cursor.at): never {
  throw new ConditionError({ source: cursor.source, start: at, end: at }, message, expected);
}
