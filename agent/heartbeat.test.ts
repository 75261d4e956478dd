// What the hub's Date header says about this machine's clock.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockProblem } from './heartbeat.ts';

const hubNow = Date.parse('2026-01-02T03:04:05Z');
const headers = { date: new Date(hubNow).toUTCString() };
const hourMs = 3_600_000;

test('a clock that is an hour off is named with its direction; a small difference is not', () => {
  assert.match(clockProblem({ headers }, hubNow + hourMs) ?? '', /60 minutes ahead of the hub's/);
  assert.match(clockProblem({ headers }, hubNow - hourMs) ?? '', /60 minutes behind the hub's/);
  assert.equal(clockProblem({ headers }, hubNow + 60_000), undefined);
});

test('an answer without a date says nothing', () => {
  assert.equal(clockProblem({ headers: {} }, hubNow), undefined);
});
