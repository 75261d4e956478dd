// Counts what was lost, by place, kind and reason; the counts travel to the hub.
import type { LossCounter, LossStage } from '@yagura/contracts';

export interface LossPlace {
  readonly stage: LossStage;
  readonly kind: string;
  readonly reason?: string;
}

export interface LossLedger {
  add(place: LossPlace, count: number): void;
  /** For sources that count themselves, from zero at each of their starts. */
  set(place: LossPlace, source: string, count: number): void;
  /** The source starts anew: what it had counted stays. */
  restart(source: string): void;
  list(): readonly LossCounter[];
}

interface Entry {
  readonly place: LossPlace;
  base: number;
  readonly sources: Map<string, number>;
}

/** `since` is when counting began. */
export function createLossLedger(since: string): LossLedger {
  const entries = new Map<string, Entry>();
  const entryOf = (place: LossPlace): Entry => {
    const key = `${place.stage} ${place.kind} ${place.reason ?? ''}`;
    const entry = entries.get(key) ?? { place, base: 0, sources: new Map() };
    entries.set(key, entry);
    return entry;
  };
  return {
    add: (place, count) => {
      if (count > 0) entryOf(place).base += count;
    },
    set: (place, source, count) => {
      if (count > 0) entryOf(place).sources.set(source, count);
    },
    restart: (source) => {
      for (const entry of entries.values()) {
        entry.base += entry.sources.get(source) ?? 0;
        entry.sources.delete(source);
      }
    },
    list: () => [...entries.values()].map((entry) => ({ ...entry.place, count: totalOf(entry), since })),
  };
}

const totalOf = ({ base, sources }: Entry): number =>
  [...sources.values()].reduce((sum, count) => sum + count, base);
