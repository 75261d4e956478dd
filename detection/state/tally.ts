// The events, or values, of one key that stand within a window of time.
import { hashNumber } from './hash.ts';

export interface Entry {
  readonly timeMs: number;
  /** Hash of the occurrence, or of the value where distinct values are counted. */
  readonly mark: number;
  readonly value?: string;
}

export interface Tally {
  /** By time. Empty while the alert stands. */
  entries: Entry[];
  latestMs: number;
  /** Until then all events count up the alert that was raised. */
  firedUntilMs: number;
  firedCount: number;
}

export const startTally = (timeMs: number): Tally => ({
  entries: [],
  latestMs: timeMs,
  firedUntilMs: Number.NEGATIVE_INFINITY,
  firedCount: 0,
});

const valueLimit = 128;

export const valueEntry = (timeMs: number, value: string): Entry => ({
  timeMs,
  mark: hashNumber(value),
  value: value.slice(0, valueLimit),
});

function firstSince(entries: readonly Entry[], sinceMs: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.timeMs ?? 0) < sinceMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function dropBefore(tally: Tally, sinceMs: number): void {
  const old = firstSince(tally.entries, sinceMs);
  if (old > 0) tally.entries.splice(0, old);
}

/** Where the entry stands now; -1 where the same one was there. A value counts at the last of its times. */
export function place({ entries }: Tally, entry: Entry): number {
  const known = entries.findIndex(({ mark }) => mark === entry.mark);
  const before = entries[known];
  if (before !== undefined) {
    if (entry.value === undefined || before.timeMs >= entry.timeMs) return -1;
    entries.splice(known, 1);
  }
  let at = entries.length;
  while (at > 0 && (entries[at - 1]?.timeMs ?? 0) > entry.timeMs) at -= 1;
  entries.splice(at, 0, entry);
  return at;
}

/** The most entries that stand within one window with the one at `at`. */
export function fullestWindow(entries: readonly Entry[], at: number, withinMs: number): readonly Entry[] {
  let best: [from: number, to: number] = [at, at];
  let to = at;
  const own = entries[at]?.timeMs ?? 0;
  for (let from = firstSince(entries, own - withinMs); from <= at; from += 1) {
    const start = entries[from]?.timeMs ?? 0;
    while (to + 1 < entries.length && (entries[to + 1]?.timeMs ?? 0) <= start + withinMs) to += 1;
    if (to - from > best[1] - best[0]) best = [from, to];
  }
  return entries.slice(best[0], best[1] + 1);
}

export const saveTally = ([key, tally]: [string, Tally]): unknown => ({
  key,
  latestMs: tally.latestMs,
  ...(tally.firedCount > 0 ? { firedUntilMs: tally.firedUntilMs, firedCount: tally.firedCount } : {}),
  entries: tally.entries.map(({ timeMs, mark, value }) =>
    value === undefined ? [timeMs, mark] : [timeMs, mark, value],
  ),
});

export function loadTally(saved: unknown): readonly [string, Tally] | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const { key, latestMs, firedUntilMs, firedCount, entries } = saved as Record<string, unknown>;
  if (typeof key !== 'string' || typeof latestMs !== 'number' || !Array.isArray(entries)) return undefined;
  const tally = {
    entries: entries.flatMap(loadEntry),
    latestMs,
    firedUntilMs: typeof firedUntilMs === 'number' ? firedUntilMs : Number.NEGATIVE_INFINITY,
    firedCount: typeof firedCount === 'number' ? firedCount : 0,
  };
  return [key, tally];
}

function loadEntry(saved: unknown): readonly Entry[] {
  const [timeMs, mark, value]: readonly unknown[] = Array.isArray(saved) ? saved : [];
  if (typeof timeMs !== 'number' || typeof mark !== 'number') return [];
  return [{ timeMs, mark, ...(typeof value === 'string' ? { value } : {}) }];
}
