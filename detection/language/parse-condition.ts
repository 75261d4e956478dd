// From the text of a condition to its tree, by recursive descent; the first mistake ends it, with its place.
import type { Condition } from './condition.ts';
import { ConditionError, fail } from './condition-error.ts';
import { advance, atEnd, type Cursor, readName, skipSpace, wordAt } from './cursor.ts';
import { parseComparison } from './parse-comparison.ts';
import { problemAt, type RuleProblem } from './problem.ts';
import type { SourceText } from './source-text.ts';

export type ParsedCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly problem: RuleProblem };

/** Deeper nesting than any person writes; keeps a hostile rule file from exhausting the stack. */
const depthLimit = 200;

const keywords: ReadonlySet<string> = new Set(['and', 'or', 'not']);

function takeKeyword(cursor: Cursor, keyword: string): boolean {
  skipSpace(cursor);
  if (wordAt(cursor) !== keyword) return false;
  advance(cursor, keyword.length);
  return true;
}

function parseJunction(cursor: Cursor, kind: 'and' | 'or', depth: number): Condition {
  const part = (): Condition =>
    kind === 'or' ? parseJunction(cursor, 'and', depth) : parseNegation(cursor, depth);
  const parts = [part()];
  while (takeKeyword(cursor, kind)) parts.push(part());
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function parseNegation(cursor: Cursor, depth: number): Condition {
  if (depth > depthLimit) fail(cursor, `nested deeper than ${depthLimit} levels`);
  if (takeKeyword(cursor, 'not')) return { kind: 'not', part: parseNegation(cursor, depth + 1) };
  return parsePrimary(cursor, depth);
}

function parsePrimary(cursor: Cursor, depth: number): Condition {
  skipSpace(cursor);
  if (cursor.source.text[cursor.at] !== '(') return parseTerm(cursor);
  const open = cursor.at;
  advance(cursor, 1);
  const inner = parseJunction(cursor, 'or', depth + 1);
  skipSpace(cursor);
  if (cursor.source.text[cursor.at] !== ')')
    fail(
      cursor,
      atEnd(cursor) ? 'the condition ends inside a parenthesis' : 'unexpected text',
      '`)`, `and` or `or`',
      atEnd(cursor) ? open : cursor.at,
    );
  advance(cursor, 1);
  return inner;
}

function parseTerm(cursor: Cursor): Condition {
  const start = cursor.at;
  if (atEnd(cursor)) fail(cursor, 'the condition ends too early', 'a field, a macro, `not` or `(`');
  const name = readName(cursor);
  if (name === undefined || keywords.has(name))
    fail(
      cursor,
      `unexpected ${JSON.stringify(name ?? cursor.source.text[start])}`,
      'a field, a macro, `not` or `(`',
      start,
    );
  return (
    parseComparison(cursor, name, start) ?? {
      kind: 'macro',
      name,
      span: { source: cursor.source, start, end: cursor.at },
    }
  );
}

export function parseCondition(source: SourceText): ParsedCondition {
  const cursor: Cursor = { source, at: 0 };
  try {
    const condition = parseJunction(cursor, 'or', 0);
    skipSpace(cursor);
    if (!atEnd(cursor))
      fail(
        cursor,
        `unexpected ${JSON.stringify(wordAt(cursor) || source.text[cursor.at])}`,
        '`and`, `or` or the end',
      );
    return { ok: true, condition };
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    return { ok: false, problem: problemAt(error.span, error.message, error.expected) };
  }
}
