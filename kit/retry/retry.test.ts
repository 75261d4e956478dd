// Retry ends by success, by attempts or by signal, and waits within its bounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMs, retry, sleep } from './retry.ts';

test('backoff grows to its maximum and is spread over the whole range', () => {
  const most = (attempt: number) => backoffMs(attempt, { minMs: 100, maxMs: 5000, random: () => 0.999999 });
  assert.deepEqual([1, 2, 3, 6, 50].map(most), [200, 400, 800, 5000, 5000]);
  assert.equal(backoffMs(6, { minMs: 100, maxMs: 5000, random: () => 0 }), 100);
});

test('retries until it succeeds and tells of each failure', async () => {
  const told: number[] = [];
  const result = await retry(
    (attempt) => {
      if (attempt < 3) throw new Error('not yet');
      return attempt;
    },
    { minMs: 0, maxMs: 1, onRetry: (_error, attempt) => told.push(attempt) },
  );
  assert.equal(result, 3);
  assert.deepEqual(told, [1, 2]);
});

test('throws the last error after the last attempt', async () => {
  let calls = 0;
  const failing = retry(() => Promise.reject(new Error(`no ${++calls}`)), {
    minMs: 0,
    maxMs: 1,
    attempts: 2,
  });
  await assert.rejects(failing, /no 2/);
});

test('a signal ends the wait at once, with its reason', async () => {
  const controller = new AbortController();
  const waiting = retry(() => Promise.reject(new Error('down')), {
    minMs: 60_000,
    maxMs: 60_000,
    signal: controller.signal,
  });
  setImmediate(() => controller.abort(new Error('enough')));
  await assert.rejects(waiting, /enough/);
  await assert.rejects(sleep(60_000, controller.signal), /enough/);
});
