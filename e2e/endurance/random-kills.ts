// Kills one part after another, in an order that a printed seed repeats.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Supervised } from './supervised.ts';

/** mulberry32: 0 ≤ number < 1, the same ones for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pauseMs = { min: 1_500, max: 5_000 };

/** Until the signal fires. */
export async function killAtRandom(
  parts: readonly Supervised[],
  random: () => number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(pauseMs.min + random() * (pauseMs.max - pauseMs.min), undefined, { signal }).catch(() => {});
    if (!signal.aborted) await parts[Math.floor(random() * parts.length)]?.kill();
  }
}
