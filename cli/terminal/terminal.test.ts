// Tests of how things are shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relativeTime } from './relative-time.ts';
import { paintFor } from './style.ts';
import { plain, table } from './table.ts';

test('times are told as a person says them', () => {
  const now = Date.parse('2026-05-01T12:00:00Z');
  assert.equal(relativeTime('2026-05-01T11:59:48Z', now), '12 s ago');
  assert.equal(relativeTime('2026-05-01T11:30:00Z', now), '30 min ago');
  assert.equal(relativeTime('2026-05-01T09:00:00Z', now), '3 h ago');
  assert.equal(relativeTime('2026-04-21T12:00:00Z', now), '10 d ago');
  assert.equal(relativeTime('2026-05-01T12:00:05Z', now), 'in 5 s');
  assert.equal(relativeTime('2024-01-01T00:00:00Z', now), '2024-01-01');
  assert.equal(relativeTime('never', now), 'never');
});

test('columns are as wide as what is in them, colours apart, and the last one is cut', () => {
  const red = paintFor(true)('red', 'high');
  const text = table(
    ['A', 'B'],
    [
      [red, 'x'.repeat(60)],
      ['medium', 'y'],
    ],
    {
      columns: 40,
      paintHead: (head) => head,
    },
  );
  const [head, first, second] = text.split('\n');
  assert.equal(head, 'A       B');
  assert.equal(first, `${red}    ${'x'.repeat(31)}…`);
  assert.equal(second, 'medium  y');
});

test('what comes from outside cannot speak to the terminal', () => {
  assert.equal(plain('a\x1b[2Jb\nc\u202ed\u009b'), 'a [2Jb c d ');
  assert.equal(plain('櫓 é'), '櫓 é');
});

test('without colours nothing is painted', () => {
  assert.equal(paintFor(false)('red', 'x'), 'x');
});
