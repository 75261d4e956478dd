// Where the parser stands in a condition, and the smallest things that it reads.
import type { SourceText } from './source-text.ts';

export interface Cursor {
  readonly source: SourceText;
  at: number;
}

const space = /\s*/y;
const word = /[A-Za-z]+/y;
const name = /[A-Za-z_][A-Za-z0-9_.-]*/y;

function match(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  return pattern.exec(cursor.source.text)?.[0] ?? '';
}

export function advance(cursor: Cursor, count: number): void {
  cursor.at += count;
}

export function skipSpace(cursor: Cursor): void {
  cursor.at += match(cursor, space).length;
}

export const atEnd = (cursor: Cursor): boolean => cursor.at >= cursor.source.text.length;

/** The word of letters at the cursor if it stands alone, without moving. */
export function wordAt(cursor: Cursor): string {
  const found = match(cursor, word);
  const next = cursor.source.text[cursor.at + found.length] ?? ' ';
  return /[\s()"'=<>!]/.test(next) ? found : '';
}

/** A field's or macro's name, or undefined where there is none. */
export function readName(cursor: Cursor): string | undefined {
  const found = match(cursor, name);
  advance(cursor, found.length);
  return found === '' ? undefined : found;
}

/** Text up to the next character that ends an unquoted value. */
const bare = /[^\s()"',]+/y;
export function readBare(cursor: Cursor): string {
  const found = match(cursor, bare);
  advance(cursor, found.length);
  return found;
}
