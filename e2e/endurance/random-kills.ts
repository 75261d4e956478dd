// Kills one part after another, in an order that a printed seed repeats.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@yagura/kit/testing';
import type { Supervised } from './supervised.ts';

const pauseMs = { min: 1_500, max: 5_000 };

/** Until the signal fires. */
export async function killAtRandom(
  parts: readonly Supervised[],
  random: Random,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(pauseMs.min + random.next() * (pauseMs.max - pauseMs.min), undefined, { signal }).catch(
      () => {},
    );
    if (!signal.aborted) await parts[Math.floor(random.next() * parts.length)]?.kill();
  }
}
