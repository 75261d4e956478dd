// Waits for what becomes true by itself, and says what was seen last when it does not.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

const patienceMs = 10_000;
const stepMs = 50;

export async function waitUntil<T>(
  what: string,
  look: () => Promise<T>,
  isThere: (seen: T) => boolean,
): Promise<T> {
  const endMs = performance.now() + patienceMs;
  let seen = await look();
  while (!isThere(seen) && performance.now() < endMs) {
    await delay(stepMs);
    seen = await look();
  }
  assert.ok(isThere(seen), `waited in vain for ${what}; seen last: ${JSON.stringify(seen)}`);
  return seen;
}
