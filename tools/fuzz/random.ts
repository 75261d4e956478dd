// Random numbers that are the same for the same seed, so that a finding can be made again.

export interface Random {
  /** A whole number from 0 to `below` - 1. */
  readonly upTo: (below: number) => number;
  readonly pick: <T>(values: readonly T[]) => T | undefined;
}

/** Mulberry32, by Tommy Ettinger: 32 bits of state are plenty for one input. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (below: number): number => Math.floor(next() * below);
  return { upTo, pick: (values) => values[upTo(values.length)] };
}

/** Another seed for each input of a run. */
export const seedOf = (run: number, index: number): number => Math.imul(run + 1, 0x9e3779b1) ^ index;
