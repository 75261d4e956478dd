// Bounded retry: exponential, with full jitter so that a crowd does not come back all at once.
import { setTimeout as delay } from 'node:timers/promises';

export interface BackoffOptions {
  readonly minMs: number;
  readonly maxMs: number;
  /** Uniform in [0, 1); for tests. */
  readonly random?: () => number;
}

export interface RetryOptions extends BackoffOptions {
  readonly signal?: AbortSignal;
  /** Tries in all; without it until the signal fires. */
  readonly attempts?: number;
  /** Called before each wait. Throw from it to give up. */
  readonly onRetry?: (error: unknown, attempt: number, waitMs: number) => void;
}

/** Wait before try `attempt + 1` (attempt counts from 1): between minMs and min(maxMs, minMs · 2^attempt). */
export function backoffMs(attempt: number, { minMs, maxMs, random = Math.random }: BackoffOptions): number {
  const ceilingMs = Math.min(maxMs, minMs * 2 ** Math.min(attempt, 30));
  return Math.round(minMs + random() * Math.max(0, ceilingMs - minMs));
}

/** Resolves after `ms`, rejects with the signal's reason when it fires. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, signal ? { signal } : {});
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
}

/** Calls `fn` until it succeeds, the attempts are used up or the signal fires; then throws the last error. */
export async function retry<T>(fn: (attempt: number) => Promise<T> | T, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    options.signal?.throwIfAborted();
    try {
      return await fn(attempt);
    } catch (error) {
      if (options.signal?.aborted || attempt >= (options.attempts ?? Number.POSITIVE_INFINITY)) throw error;
      const waitMs = backoffMs(attempt, options);
      options.onRetry?.(error, attempt, waitMs);
      await sleep(waitMs, options.signal);
    }
  }
}
