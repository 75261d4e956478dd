// Differences of lines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineDiff } from './line-diff.ts';

const marks = { same: ' ', added: '+', removed: '-' };
const told = (before: string, after: string): string =>
  lineDiff(before, after)
    .map(({ kind, text }) => marks[kind] + text)
    .join('|');

test('what is common stays, the rest is removed and added where it stands', () => {
  assert.equal(told('a\nb\nc', 'a\nx\nc'), ' a|-b|+x| c');
  assert.equal(told('a\nb', 'a\nb'), ' a| b');
  assert.equal(told('a\nb\nc\nd', 'b\nc\nx\nd\ne'), '-a| b| c|+x| d|+e');
  assert.equal(told('', 'a'), '-|+a');
});

test('texts too large to compare are shown as replaced', () => {
  const many = (word: string): string => Array.from({ length: 3_000 }, (_, n) => `${word}${n}`).join('\n');
  assert.equal(lineDiff(many('a'), many('b')).length, 6_000);
});
