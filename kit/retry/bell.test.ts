// A bell is not missed, ends by time and by signal, and leaves nothing behind on a signal that outlives many waits.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { createBell } from './bell.ts';

/** A wait that ends by its time alone would take so long that the test fails. */
const longMs = 60_000;

test('a ring wakes who waits, and who comes to wait afterwards', async () => {
  const bell = createBell();
  const waiting = bell.wait(longMs);
  bell.ring();
  await waiting;
  bell.ring();
  await bell.wait(longMs);
});

test('a ring counts once, and a wait ends by time', async () => {
  const bell = createBell();
  bell.ring();
  await bell.wait(longMs);
  const startedAt = performance.now();
  await bell.wait(20);
  assert.ok(performance.now() - startedAt >= 15);
});

test('a signal ends a wait, and keeps no listener of those before', async () => {
  const bell = createBell();
  const abort = new AbortController();
  for (let waits = 0; waits < 20; waits++) await bell.wait(1, abort.signal);
  assert.equal(getEventListeners(abort.signal, 'abort').length, 0);
  const waiting = bell.wait(longMs, abort.signal);
  abort.abort();
  await waiting;
  await bell.wait(longMs, abort.signal);
});
