// Waits for a while, or until somebody rings.
import { setTimeout as sleep } from 'node:timers/promises';

export interface Bell {
  ring(): void;
  /** Ends after `ms`, when it rings, when it has rung since the last wait, or when the signal fires. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function createBell(): Bell {
  let hasRung = false;
  let wake = (): void => {};
  return {
    ring() {
      hasRung = true;
      wake();
    },
    async wait(ms, signal) {
      if (!hasRung) {
        const rung = new AbortController();
        wake = () => rung.abort();
        const ended = AbortSignal.any([signal, rung.signal]);
        await sleep(ms, undefined, { signal: ended }).catch(() => undefined);
      }
      hasRung = false;
    },
  };
}
