// Each status has one meaning for a batch.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Response } from '@yagura/kit';
import { judge } from './verdict.ts';

const answer = (status: number, headers: Response['headers'] = {}, body: unknown = {}): Response => ({
  status,
  headers,
  body: Buffer.from(JSON.stringify(body)),
});

test('statuses', () => {
  const meanings = {
    200: 'done',
    400: 'refused',
    401: 'distrusted',
    403: 'distrusted',
    404: 'later',
    408: 'later',
    413: 'too-large',
    415: 'refused',
    422: 'refused',
    429: 'later',
    500: 'later',
    502: 'later',
    503: 'later',
  };
  for (const [status, meaning] of Object.entries(meanings))
    assert.equal(judge(answer(Number(status)), 1, 0).is, meaning, status);
});

test('a 500 is a bad moment first and a bad batch after many tries; a 503 never is', () => {
  assert.equal(judge(answer(500), 100, 0).is, 'refused');
  assert.equal(judge(answer(503), 100, 0).is, 'later');
});

test('Retry-After as seconds and as a date, bounded; nonsense is none', () => {
  const afterMs = (text: string): unknown => {
    const verdict = judge(answer(429, { 'retry-after': text }), 1, Date.parse('2026-01-01T00:00:00Z'));
    return verdict.is === 'later' ? verdict.afterMs : verdict;
  };
  assert.equal(afterMs('7'), 7000);
  assert.equal(afterMs('99999999'), 300_000);
  assert.equal(afterMs('Thu, 01 Jan 2026 00:00:10 GMT'), 10_000);
  assert.equal(afterMs('Thu, 01 Jan 2020 00:00:00 GMT'), 0);
  assert.equal(afterMs('soon'), undefined);
});

test('what the hub says is told, within bounds', () => {
  const verdict = judge(answer(400, {}, { error: { code: 'BATCH_CUT', message: 'x'.repeat(5000) } }), 1, 0);
  assert.ok(verdict.is === 'refused' && verdict.reason.startsWith('status 400, BATCH_CUT: x'));
  assert.ok(verdict.is === 'refused' && verdict.reason.length <= 500);
});
