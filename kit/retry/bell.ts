// A bell: whoever waits is woken by the next ring, or goes on at once if it rang since they last waited.
import { sleep } from './retry.ts';

export interface Bell {
  ring(): void;
  /** Resolves at a ring, after `timeoutMs`, or when the signal fires; never rejects. */
  wait(timeoutMs: number, signal?: AbortSignal): Promise<void>;
}

export function createBell(): Bell {
  let hasRung = false;
  let rung = new AbortController();
  return {
    ring() {
      hasRung = true;
      rung.abort();
    },
    async wait(timeoutMs, signal) {
      if (!hasRung) {
        rung = new AbortController();
        const ended = signal === undefined ? rung.signal : AbortSignal.any([signal, rung.signal]);
        await sleep(timeoutMs, ended).catch(() => undefined);
      }
      hasRung = false;
    },
  };
}
