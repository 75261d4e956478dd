// From `field operator value` to a comparison, or nothing when the name stands alone and is a macro.
import type { Comparison, FieldReference, Literal } from './condition.ts';
import { fail } from './condition-error.ts';
import { advance, atEnd, type Cursor, readBare, skipSpace, wordAt } from './cursor.ts';
import { isOperatorName, laterOperators, type OperatorName, operators } from './operators.ts';
import { didYouMean } from './suggestion.ts';

const symbols = ['==', '!=', '<=', '>=', '=', '<', '>'] as const;
const junctions: ReadonlySet<string> = new Set(['and', 'or', 'not']);
const transformers: ReadonlySet<string> = new Set([
  'tolower',
  'toupper',
  'b64',
  'basename',
  'len',
  'join',
  'concat',
  'val',
  'getopt',
]);

function readQuoted(cursor: Cursor): string {
  const { text } = cursor.source;
  const open = cursor.at;
  const quote = text[open];
  let value = '';
  for (let at = open + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === quote) {
      cursor.at = at + 1;
      return value;
    }
    const next = text[at + 1];
    if (char === '\\' && (next === quote || next === '\\')) {
      value += next;
      at += 1;
    } else value += char;
  }
  return fail(cursor, 'the text is not closed', `a closing ${quote}`, open);
}

function readLiteral(cursor: Cursor): Literal {
  skipSpace(cursor);
  const start = cursor.at;
  const first = cursor.source.text[start];
  const isQuoted = first === '"' || first === "'";
  const text = isQuoted ? readQuoted(cursor) : readBare(cursor);
  if (!isQuoted && text === '')
    fail(
      cursor,
      atEnd(cursor) ? 'the condition ends too early' : `unexpected ${JSON.stringify(first)}`,
      'a value',
    );
  return { text, isQuoted, span: { source: cursor.source, start, end: cursor.at } };
}

function readList(cursor: Cursor): readonly Literal[] {
  skipSpace(cursor);
  if (cursor.source.text[cursor.at] !== '(') return [readLiteral(cursor)];
  const open = cursor.at;
  advance(cursor, 1);
  const values: Literal[] = [];
  for (;;) {
    skipSpace(cursor);
    if (atEnd(cursor)) fail(cursor, 'the list is not closed', '`)`', open);
    if (cursor.source.text[cursor.at] === ')') {
      advance(cursor, 1);
      return values;
    }
    values.push(readLiteral(cursor));
    skipSpace(cursor);
    const next = cursor.source.text[cursor.at];
    if (next === ',') advance(cursor, 1);
    else if (next !== ')' && !atEnd(cursor)) fail(cursor, 'unexpected text in a list', '`,` or `)`');
  }
}

function readArgument(cursor: Cursor): string | undefined {
  const { text } = cursor.source;
  if (text[cursor.at] !== '[') return undefined;
  const open = cursor.at;
  advance(cursor, 1);
  if (text[cursor.at] === '"' || text[cursor.at] === "'") {
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

function readOperator(cursor: Cursor, field: string): OperatorName | undefined {
  skipSpace(cursor);
  const symbol = symbols.find((candidate) => cursor.source.text.startsWith(candidate, cursor.at));
  const word = symbol ?? wordAt(cursor);
  if (isOperatorName(word)) {
    advance(cursor, word.length);
    return word;
  }
  const known = Object.keys(operators).join(' ');
  if (laterOperators.has(word))
    fail(cursor, `the operator \`${word}\` is not supported yet`, `one of ${known}`);
  if (word !== '' && !junctions.has(word))
    fail(cursor, `unknown operator "${word}"${didYouMean(word, Object.keys(operators))}`, `one of ${known}`);
  if (field.includes('.')) fail(cursor, `no operator after the field "${field}"`, `one of ${known}`);
  return undefined;
}

/** `start` is where the name began; the cursor stands behind it. */
export function parseComparison(cursor: Cursor, name: string, start: number): Comparison | undefined {
  if (transformers.has(name) && cursor.source.text[cursor.at] === '(')
    fail(cursor, `the transformer \`${name}()\` is not supported yet`, 'a field', start);
  const argument = readArgument(cursor);
  const field: FieldReference = {
    name,
    ...(argument === undefined ? {} : { argument }),
    span: { source: cursor.source, start, end: cursor.at },
  };
  const operator = readOperator(cursor, argument === undefined ? name : `${name}[${argument}].`);
  if (operator === undefined) return undefined;
  const { takes } = operators[operator];
  skipSpace(cursor);
  const isListName = takes === 'list' && !'("\''.includes(cursor.source.text[cursor.at] ?? '(');
  const values = takes === 'nothing' ? [] : takes === 'list' ? readList(cursor) : [readLiteral(cursor)];
  return {
    kind: 'comparison',
    field,
    operator,
    values,
    isListName,
    span: { source: cursor.source, start, end: cursor.at },
  };
}
