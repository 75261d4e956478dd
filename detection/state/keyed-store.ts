// Values by key, of which only so many are kept: those that were touched longest ago go first, and that is counted.

export interface KeyedStoreOptions<Value> {
  readonly keyLimit: number;
  /** Sum of the weights of all values. */
  readonly weightLimit: number;
  readonly weigh: (value: Value) => number;
  /** Whether nothing is lost with the value. */
  readonly isSpent: (value: Value, nowMs: number) => boolean;
}

export interface KeyedStore<Value> {
  /** Makes the key the one touched last. */
  readonly touch: (key: string, create: () => Value) => Value;
  /** To be called after a value grew or shrank; makes room. */
  readonly settle: (key: string, weightBefore: number, nowMs: number) => void;
  readonly entries: () => IterableIterator<[string, Value]>;
  /** False, and unchanged, where an entry cannot be read. */
  readonly load: (saved: unknown, read: (entry: unknown) => readonly [string, Value] | undefined) => boolean;
  readonly counts: () => { readonly keys: number; readonly evictions: number };
}

/** Spent keys that are looked for at each call, so that memory follows what is in use. */
const sweepStep = 2;

export function createKeyedStore<Value>(options: KeyedStoreOptions<Value>): KeyedStore<Value> {
  const { keyLimit, weightLimit, weigh, isSpent } = options;
  const kept = new Map<string, Value>();
  let weight = 0;
  let evictions = 0;

  const drop = (key: string, value: Value): void => {
    kept.delete(key);
    weight -= weigh(value);
  };
  const sweep = (current: string, nowMs: number): void => {
    let looked = 0;
    for (const [key, value] of kept) {
      if (looked >= sweepStep || key === current || !isSpent(value, nowMs)) return;
      looked += 1;
      drop(key, value);
    }
  };
  const makeRoom = (current: string): void => {
    for (const [key, value] of kept) {
      if ((kept.size <= keyLimit && weight <= weightLimit) || key === current) return;
      evictions += 1;
      drop(key, value);
    }
  };

  return {
    touch: (key, create) => {
      const known = kept.get(key);
      const value = known ?? create();
      if (known === undefined) weight += weigh(value);
      else kept.delete(key);
      kept.set(key, value);
      return value;
    },
    settle: (key, weightBefore, nowMs) => {
      const value = kept.get(key);
      if (value !== undefined) weight += weigh(value) - weightBefore;
      sweep(key, nowMs);
      makeRoom(key);
    },
    entries: () => kept.entries(),
    load: (saved, read) => {
      const loaded = Array.isArray(saved) ? saved.map(read) : [undefined];
      if (loaded.includes(undefined)) return false;
      const entries = loaded.filter((entry) => entry !== undefined).slice(-keyLimit);
      kept.clear();
      for (const [key, value] of entries) kept.set(key, value);
      weight = kept.values().reduce((sum, value) => sum + weigh(value), 0);
      return true;
    },
    counts: () => ({ keys: kept.size, evictions }),
  };
}
