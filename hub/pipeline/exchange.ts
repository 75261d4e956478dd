// Changes to detection that wait for a moment when no event is under way.
import type { Engine } from '@yagura/detection';

/** Returns the engine from then on. */
export type EngineChange = (before: Engine) => Promise<Engine> | Engine;

export interface Exchange {
  /** Resolves when the change is made; rejects with its error, and then the engine before stays. */
  request(change: EngineChange): Promise<void>;
  /** Makes the changes that wait; never throws. */
  make(before: Engine): Promise<Engine>;
  /** Refuses those that wait, and all to come. */
  close(): void;
}

interface Waiting {
  readonly change: EngineChange;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export function createExchange(onRequest: () => void): Exchange {
  let waiting: Waiting[] = [];
  let isClosed = false;
  const refuse = ({ reject }: Waiting): void => reject(new Error('detection has ended'));
  return {
    request: (change) =>
      new Promise((resolve, reject) => {
        const one = { change, resolve, reject };
        if (isClosed) return refuse(one);
        waiting.push(one);
        onRequest();
      }),
    async make(before) {
      let engine = before;
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        try {
          engine = await next.change(engine);
          next.resolve();
        } catch (error) {
          next.reject(error);
        }
      return engine;
    },
    close() {
      isClosed = true;
      waiting.forEach(refuse);
      waiting = [];
    },
  };
}
