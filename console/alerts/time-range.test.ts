// Ages and points in time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonAges, fromLocalInput, isAge, rangeStartMs, toLocalInput } from './time-range.ts';

const nowMs = Date.parse('2026-11-24T12:00:00Z');

test('an age counts back from now', () => {
  assert.equal(rangeStartMs('15m', nowMs), nowMs - 15 * 60_000);
  assert.equal(rangeStartMs('7d', nowMs), nowMs - 7 * 86_400_000);
  for (const { value } of commonAges) assert.ok(isAge(value), value);
});

test('RFC 3339 is itself, and anything else is nothing', () => {
  assert.equal(rangeStartMs('2026-11-24T11:00:00Z', nowMs), nowMs - 3_600_000);
  for (const text of ['', '7', 'd', '-1h', '1w', '2026', '2026-13-40T99:00:00Z', '999999d']) {
    assert.equal(rangeStartMs(text, nowMs), undefined, text);
  }
});

test('the input of a browser and back is the same minute', () => {
  const local = toLocalInput('2026-11-24T11:07:00Z', nowMs);
  assert.equal(fromLocalInput(local), '2026-11-24T11:07:00.000Z');
  assert.equal(toLocalInput(undefined, nowMs), '');
  assert.equal(fromLocalInput(''), undefined);
});
