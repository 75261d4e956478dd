// From text to what is read from an event: a field with its argument, or transformers around some.
import type { CallArgument, Extraction, FieldReference, TransformerCall } from './condition.ts';
import { fail } from './condition-error.ts';
import { advance, atEnd, type Cursor, readName, skipSpace } from './cursor.ts';
import { readQuotedText } from './quoted-text.ts';
import { isTransformerName, transformers } from './transformers.ts';

/** Deeper than any person nests calls. */
const callLimit = 16;
const tooDeep = `calls are nested deeper than ${callLimit} levels`;
const callNames = Object.keys(transformers).join(' ');

export const isQuote = (char: string | undefined): boolean => char === '"' || char === "'";

export function readQuoted(cursor: Cursor): string {
  const read = readQuotedText(cursor.source.text, cursor.at);
  if (!read.ok) return fail(cursor, read.message, read.expected, read.at);
  cursor.at = read.end;
  return read.text;
}

function readArgument(cursor: Cursor): string | undefined {
  const { text } = cursor.source;
  if (text[cursor.at] !== '[') return undefined;
  const open = cursor.at;
  advance(cursor, 1);
  if (isQuote(text[cursor.at])) {
    const quoted = readQuoted(cursor);
    if (text[cursor.at] !== ']') fail(cursor, 'the argument is not closed', '`]`');
    advance(cursor, 1);
    return quoted;
  }
  const close = text.indexOf(']', cursor.at);
  if (close < 0) fail(cursor, 'the argument is not closed', '`]`', open);
  const argument = text.slice(cursor.at, close);
  cursor.at = close + 1;
  return argument;
}

function take(cursor: Cursor, char: string): boolean {
  skipSpace(cursor);
  if (cursor.source.text[cursor.at] !== char) return false;
  advance(cursor, 1);
  return true;
}

/** Arguments up to the closing parenthesis; the cursor stands behind the opening one. */
function readArguments(cursor: Cursor, open: number, depth: number): readonly CallArgument[] {
  const found: CallArgument[] = [];
  while (!take(cursor, ')')) {
    if (atEnd(cursor)) fail(cursor, 'the call is not closed', '`)`', open);
    if (found.length > 0 && !take(cursor, ',')) fail(cursor, 'unexpected text in a call', '`,` or `)`');
    found.push(readCallArgument(cursor, depth));
  }
  return found;
}

function readCallArgument(cursor: Cursor, depth: number): CallArgument {
  skipSpace(cursor);
  const start = cursor.at;
  const span = (): CallArgument['span'] => ({ source: cursor.source, start, end: cursor.at });
  if (isQuote(cursor.source.text[start])) return { kind: 'text', text: readQuoted(cursor), span: span() };
  if (depth >= callLimit) fail(cursor, tooDeep, 'fewer calls');
  if (take(cursor, '('))
    return { kind: 'list', items: readArguments(cursor, start, depth + 1), span: span() };
  const name = readName(cursor);
  if (name === undefined) return fail(cursor, 'unexpected text in a call', 'a field, a call or quoted text');
  return readExtraction(cursor, { name, start, depth });
}

function readCall(cursor: Cursor, { name, start, depth }: Named): TransformerCall | undefined {
  if (cursor.source.text[cursor.at] !== '(' || !isTransformerName(name)) return undefined;
  if (depth >= callLimit) fail(cursor, tooDeep, 'fewer calls', start);
  const open = cursor.at;
  advance(cursor, 1);
  const values = readArguments(cursor, open, depth + 1);
  const { least, most } = transformers[name];
  if (values.length < least || values.length > most)
    fail(
      cursor,
      `\`${name}()\` has ${values.length} arguments`,
      least === most ? `${least}` : `${least} to ${most}`,
      start,
    );
  return { kind: 'call', name, arguments: values, span: { source: cursor.source, start, end: cursor.at } };
}

interface Named {
  readonly name: string;
  /** Where the name began; the cursor stands behind it. */
  readonly start: number;
  readonly depth: number;
}

export function readExtraction(cursor: Cursor, named: Named): Extraction {
  const { name, start } = named;
  const call = readCall(cursor, named);
  if (call !== undefined) return call;
  if (cursor.source.text[cursor.at] === '(')
    fail(cursor, `unknown transformer "${name}"`, `one of ${callNames}`, start);
  return readField(cursor, name, start);
}

function readField(cursor: Cursor, name: string, start: number): FieldReference {
  const argument = readArgument(cursor);
  return {
    kind: 'field',
    name,
    ...(argument === undefined ? {} : { argument }),
    span: { source: cursor.source, start, end: cursor.at },
  };
}

/** What stands to the right of an operator when it is read from the event: `val(field)` or a transformer. */
export function readRightExtraction(cursor: Cursor): Extraction | undefined {
  skipSpace(cursor);
  const start = cursor.at;
  const name = readName(cursor);
  if (name !== undefined && cursor.source.text[cursor.at] === '(') {
    if (name === 'val') return readVal(cursor, start);
    const call = readCall(cursor, { name, start, depth: 0 });
    if (call !== undefined) return call;
  }
  cursor.at = start;
  return undefined;
}

function readVal(cursor: Cursor, start: number): FieldReference {
  advance(cursor, 1);
  skipSpace(cursor);
  const fieldStart = cursor.at;
  const name = readName(cursor);
  if (name === undefined || !name.includes('.')) return fail(cursor, '`val()` takes a field', 'a field');
  const field = readField(cursor, name, fieldStart);
  if (!take(cursor, ')')) fail(cursor, '`val()` is not closed', '`)`', start);
  return field;
}
