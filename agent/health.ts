// What is wrong with an agent just now, by part, for the heartbeat and the log.
import type { Logger } from '@yagura/kit';

export interface Health {
  /** `undefined` when the part is well again. Logs only changes. */
  set(part: string, problem: string | undefined): void;
  report(): { readonly healthy: boolean; readonly message?: string };
}

const maxMessage = 1024;

/** `onChange` is called after each change. */
export function createHealth(log: Pick<Logger, 'info' | 'warn'>, onChange?: () => void): Health {
  const problems = new Map<string, string>();
  return {
    set(part, problem) {
      if (problems.get(part) === problem) return;
      if (problem === undefined) {
        problems.delete(part);
        log.info({ part }, 'well again');
      } else {
        problems.set(part, problem);
        log.warn({ part }, problem);
      }
      onChange?.();
    },
    report() {
      if (problems.size === 0) return { healthy: true };
      const message = [...problems].map(([part, problem]) => `${part}: ${problem}`).join('; ');
      return { healthy: false, message: message.slice(0, maxMessage) };
    },
  };
}

/** An error in one line, with what mends it where that is known. */
export function describe(error: unknown): string {
  const { message, mend } = error as { readonly message?: string; readonly mend?: string };
  const text = message ?? String(error);
  return mend === undefined ? text : `${text}. ${mend}`;
}
