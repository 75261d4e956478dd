// Counts what somebody did lately, so that secrets cannot be tried at speed; bounded in memory.
import type { Clock } from '@yagura/kit';

export interface RateLimit {
  /** Milliseconds until `key` may go on; 0 when it may now. */
  waitMs(key: string): number;
  count(key: string): void;
}

export interface RateLimitOptions {
  readonly clock: Clock;
  readonly times: number;
  readonly windowMs: number;
  /** Keys remembered; beyond it the one that began longest ago is forgotten. */
  readonly maxKeys?: number;
}

interface Window {
  readonly startedAt: number;
  readonly count: number;
}

export function createRateLimit({ clock, times, windowMs, maxKeys = 10_000 }: RateLimitOptions): RateLimit {
  const windows = new Map<string, Window>();
  const current = (key: string): Window | undefined => {
    const window = windows.get(key);
    if (window === undefined || clock.now() - window.startedAt < windowMs) return window;
    windows.delete(key);
    return undefined;
  };
  return {
    waitMs(key) {
      const window = current(key);
      if (window === undefined || window.count < times) return 0;
      return Math.max(1, window.startedAt + windowMs - clock.now());
    },
    count(key) {
      const window = current(key);
      if (window === undefined && windows.size >= maxKeys) {
        const [oldest] = windows.keys();
        if (oldest !== undefined) windows.delete(oldest);
      }
      windows.set(key, { startedAt: window?.startedAt ?? clock.now(), count: (window?.count ?? 0) + 1 });
    },
  };
}
