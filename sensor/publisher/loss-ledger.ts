// What was lost or seen refused on this node, cumulative over restarts of this process where it is kept.
import { LossCounter, type LossStage } from '@yagura/contracts';
import { type Clock, rfc3339FromMs } from '@yagura/kit';
import Type, { type Static } from 'typebox';
import type { Kept } from './kept-json.ts';

export interface Loss {
  readonly stage: LossStage | (string & {});
  readonly kind: string;
  readonly reason: string;
  readonly count: number;
}

export interface LossLedger {
  add(loss: Loss): void;
  counters(): readonly LossCounter[];
  /** When counting began. */
  readonly since: string;
}

export const KeptLosses = Type.Object({
  since: Type.String({ maxLength: 40 }),
  counters: Type.Array(LossCounter, { maxItems: 256 }),
});
export type KeptLosses = Static<typeof KeptLosses>;

/** Kinds come from outside; past this many counters the rest is counted as kind "other". */
const maxCounters = 64;

export function createLossLedger(clock: Clock, keep?: Kept<KeptLosses>): LossLedger {
  const kept = keep?.read();
  const since = kept?.since ?? rfc3339FromMs(clock.now());
  const counters = new Map(kept?.counters.map((counter) => [keyOf(counter), counter]));
  const write = (): void => keep?.write({ since, counters: [...counters.values()] });
  // Even with nothing counted: who is told counters under another `since` after a restart takes them for new ones.
  if (kept === undefined) write();
  return {
    since,
    add({ stage, kind, reason, count }) {
      if (count <= 0) return;
      const wanted = { stage, kind: kind.slice(0, 64), reason: reason.slice(0, 128) };
      const isRoom = counters.has(keyOf(wanted)) || counters.size < maxCounters;
      const place = isRoom ? wanted : { stage, kind: 'other' };
      const before = counters.get(keyOf(place))?.count ?? 0;
      counters.set(keyOf(place), { ...place, count: before + count, since });
      write();
    },
    counters: () => [...counters.values()],
  };
}

export const keyOf = ({ stage, kind, reason }: Pick<LossCounter, 'stage' | 'kind' | 'reason'>): string =>
  JSON.stringify([stage, kind, reason ?? '']);
