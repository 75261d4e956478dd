// The single pass finds what a search for each would, whatever characters stand in the texts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileContainsAny } from './contains-any.ts';

test('characters of patterns are plain text', () => {
  const odd = [
    '.',
    '*',
    'a+b',
    '(x',
    '[y]',
    '$',
    '^',
    '\\d',
    '|',
    '{2}',
    '/dev/tcp/',
    '-a rx/',
    '0>&1',
    '\n',
    '😀',
  ];
  for (const needle of odd) {
    assert.ok(compileContainsAny([needle, 'never'])(`x${needle}y`), needle);
    assert.ok(!compileContainsAny([needle, 'never'])('plain'), needle);
  }
});

test('none, one and an empty text', () => {
  assert.ok(!compileContainsAny([])('x'));
  assert.ok(compileContainsAny(['b'])('abc'));
  assert.ok(compileContainsAny(['', 'z'])('abc'));
});
