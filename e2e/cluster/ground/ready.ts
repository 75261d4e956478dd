// Waits for a part of the cluster to be ready, and tells at once when its program has ended instead.
import { setTimeout as sleep } from 'node:timers/promises';
import { isPartRunning, lastWords } from './part.ts';
import type { ClusterPaths } from './paths.ts';

export interface Waiting {
  /** The program that is waited for. */
  readonly part: string;
  /** What will be so. */
  readonly what: string;
  readonly timeoutMs: number;
  /** An error is "not yet". */
  readonly look: () => Promise<boolean>;
}

const pollMs = 100;

export async function waitForPart(
  paths: ClusterPaths,
  { part, what, timeoutMs, look }: Waiting,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let last = '';
  for (;;) {
    try {
      if (await look()) return;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    const hasEnded = !(await isPartRunning(paths, part));
    if (hasEnded || Date.now() > deadline) {
      const how = hasEnded ? `${part} has ended` : `not within ${timeoutMs / 1000} s (${last || 'not yet'})`;
      throw new Error(`${what}: ${how}. It said:\n${await lastWords(paths, part)}`);
    }
    await sleep(pollMs);
  }
}
