// A bell: whoever waits is woken by the next ring, or goes on at once if it rang since they last waited.
export interface Wake {
  ring(): void;
  /** Resolves at a ring, or after `timeoutMs`; never rejects. */
  wait(timeoutMs: number): Promise<void>;
}

export function createWake(): Wake {
  let hasRung = false;
  let release: (() => void) | undefined;
  return {
    ring() {
      hasRung = true;
      release?.();
    },
    async wait(timeoutMs) {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          release = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        release = undefined;
      }
      hasRung = false;
    },
  };
}
