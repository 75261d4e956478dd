// Bounds how many bodies are under way at once, for each sender and in all, so that memory has a ceiling.

export interface Slots {
  /** `undefined` when there is no room; otherwise dispose what is returned when done. */
  take(sender: string): Disposable | undefined;
  readonly taken: number;
}

export function createSlots(limits: { readonly perSender: number; readonly total: number }): Slots {
  const held = new Map<string, number>();
  let taken = 0;
  const release = (sender: string): void => {
    taken -= 1;
    const left = (held.get(sender) ?? 1) - 1;
    if (left === 0) held.delete(sender);
    else held.set(sender, left);
  };
  return {
    get taken() {
      return taken;
    },
    take(sender) {
      const own = held.get(sender) ?? 0;
      if (own >= limits.perSender || taken >= limits.total) return undefined;
      held.set(sender, own + 1);
      taken += 1;
      let isOpen = true;
      return {
        [Symbol.dispose]() {
          if (isOpen) release(sender);
          isOpen = false;
        },
      };
    },
  };
}

/** Lets one after another through; a turn is what holds whole bodies in memory, inflated. */
export interface Turns {
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async run(work) {
      if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
      else running += 1;
      try {
        return await work();
      } finally {
        // A turn is handed over, not given back and taken again: nobody can push in between.
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
