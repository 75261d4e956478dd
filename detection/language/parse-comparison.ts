// From `field operator value` to a comparison, or nothing when the name stands alone and is a macro.
import type { Comparison, Literal } from './condition.ts';
import { fail } from './condition-error.ts';
import { advance, atEnd, type Cursor, readBare, skipSpace, wordAt } from './cursor.ts';
import { isOperatorName, type OperatorName, operators } from './operators.ts';
import { isQuote, readExtraction, readQuoted, readRightExtraction } from './parse-extraction.ts';
import { didYouMean } from './suggestion.ts';

const symbols = ['==', '!=', '<=', '>=', '=', '<', '>'] as const;
const junctions: ReadonlySet<string> = new Set(['and', 'or', 'not']);

function readLiteral(cursor: Cursor): Literal {
  skipSpace(cursor);
  const start = cursor.at;
  const first = cursor.source.text[start];
  const isQuoted = isQuote(first);
  const text = isQuoted ? readQuoted(cursor) : readBare(cursor);
  if (!isQuoted && text === '')
    fail(
      cursor,
      atEnd(cursor) ? 'the condition ends too early' : `unexpected ${JSON.stringify(first)}`,
      'a value',
    );
  return { text, isQuoted, span: { source: cursor.source, start, end: cursor.at } };
}

export function readList(cursor: Cursor): readonly Literal[] {
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

/** Without `field` the name may be a macro, and nothing need follow. */
function readOperator(cursor: Cursor, field: string | undefined): OperatorName | undefined {
  skipSpace(cursor);
  const symbol = symbols.find((candidate) => cursor.source.text.startsWith(candidate, cursor.at));
  const word = symbol ?? wordAt(cursor);
  if (isOperatorName(word)) {
    advance(cursor, word.length);
    return word;
  }
  const known = Object.keys(operators).join(' ');
  if (word !== '' && !junctions.has(word))
    fail(cursor, `unknown operator "${word}"${didYouMean(word, Object.keys(operators))}`, `one of ${known}`);
  if (field !== undefined) fail(cursor, `no operator after the field "${field}"`, `one of ${known}`);
  return undefined;
}

/** `start` is where the name began; the cursor stands behind it. */
export function parseComparison(cursor: Cursor, name: string, start: number): Comparison | undefined {
  if (name === 'val' && cursor.source.text[cursor.at] === '(')
    fail(cursor, '`val()` stands to the right of an operator only', 'the field alone', start);
  const left = readExtraction(cursor, { name, start, depth: 0 });
  const isSurelyRead = left.kind === 'call' || left.argument !== undefined || name.includes('.');
  const operator = readOperator(cursor, isSurelyRead ? shownText(cursor, start) : undefined);
  if (operator === undefined) return undefined;
  const { takes } = operators[operator];
  const right = takes === 'nothing' ? undefined : readRightExtraction(cursor);
  if (right !== undefined && 'mistakeIn' in operators[operator])
    fail(cursor, `\`${operator}\` takes a fixed value only`, 'text in quotes', right.span.start);
  const isListName = takes === 'list' && !'("\''.includes(cursor.source.text[cursor.at] ?? '(');
  return {
    kind: 'comparison',
    left,
    operator,
    values: right === undefined ? readValues(cursor, takes) : [],
    ...(right === undefined ? {} : { right }),
    isListName: right === undefined && isListName,
    span: { source: cursor.source, start, end: cursor.at },
  };
}

function readValues(cursor: Cursor, takes: 'nothing' | 'value' | 'list'): readonly Literal[] {
  if (takes === 'nothing') return [];
  return takes === 'list' ? readList(cursor) : [readLiteral(cursor)];
}

const shownText = (cursor: Cursor, start: number): string => cursor.source.text.slice(start, cursor.at);
