// What this process lost or saw refused, cumulative since it started.
import type { LossCounter, LossStage } from '@yagura/contracts';
import { type Clock, rfc3339FromMs } from '@yagura/kit';

export interface Loss {
  readonly stage: LossStage;
  readonly kind: string;
  readonly reason: string;
  readonly count: number;
}

export interface LossLedger {
  add(loss: Loss): void;
  counters(): readonly LossCounter[];
}

/** Kinds come from outside; past this many counters the rest is counted as kind "other". */
const maxCounters = 64;

export function createLossLedger(clock: Clock): LossLedger {
  const since = rfc3339FromMs(clock.now());
  const counters = new Map<string, LossCounter>();
  return {
    add({ stage, kind, reason, count }) {
      if (count <= 0) return;
      const wanted = JSON.stringify([stage, kind, reason]);
      const isRoom = counters.has(wanted) || counters.size < maxCounters;
      const key = isRoom ? wanted : stage;
      const before = counters.get(key) ?? {
        stage,
        kind: isRoom ? kind.slice(0, 64) : 'other',
        ...(isRoom ? { reason: reason.slice(0, 128) } : {}),
        count: 0,
        since,
      };
      counters.set(key, { ...before, count: before.count + count });
    },
    counters: () => [...counters.values()],
  };
}
