// Turns the kernel's time since boot into a date.
import { rfc3339FromNs } from '@yagura/kit';

/** Smaller differences are jitter between two readings; larger ones mean that somebody set the clock. */
const toleranceNs = 10_000_000n;

export interface WallClock {
  /** From two readings taken together. */
  set(bootNs: bigint, wallNs: bigint): void;
  toDate(bootNs: bigint): string;
}

export function createWallClock(bootNs: bigint, wallNs: bigint): WallClock {
  let offsetNs = wallNs - bootNs;
  return {
    set: (newBootNs, newWallNs) => {
      const difference = newWallNs - newBootNs - offsetNs;
      if (difference > toleranceNs || difference < -toleranceNs) offsetNs += difference;
    },
    toDate: (ns) => rfc3339FromNs(ns + offsetNs),
  };
}
