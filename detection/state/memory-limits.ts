// How much one rule may remember of one cluster.

export interface MemoryLimits {
  readonly keys: number;
  /** Events or values over all keys, some hundred bytes each. */
  readonly entries: number;
}

export const memoryLimits: MemoryLimits = { keys: 10_000, entries: 100_000 };
