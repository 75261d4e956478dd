// Times as their distance from now.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absoluteTime, relativeTime } from './relative-time.ts';

const nowMs = Date.parse('2026-11-24T12:00:00Z');

test('past, present and future', () => {
  assert.equal(relativeTime('2026-11-24T11:57:00Z', nowMs), '3 min ago');
  assert.equal(relativeTime('2026-11-24T12:00:02Z', nowMs), 'just now');
  assert.equal(relativeTime('2026-11-30T12:00:00Z', nowMs), 'in 6 d');
});

test('nanoseconds of the sensor are no trouble, and what is no time is shown as it is', () => {
  assert.equal(relativeTime('2026-11-24T11:59:00.123456789Z', nowMs), '59 s ago');
  assert.equal(relativeTime('some day', nowMs), 'some day');
  assert.equal(absoluteTime('some day'), 'some day');
});
