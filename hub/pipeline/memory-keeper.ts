// Saves what rules remember, now and then, and lets blocks of the event log go once the saved memory covers them.
import type { DetectionState } from '@yagura/detection';
import type { Metrics } from '@yagura/kit';
import type { EventLog } from '../event-log/event-log.ts';
import { encodePart, type MemoryPart } from '../store/memory-part.ts';
import type { MemoryPlace } from '../store/rule-memory.ts';
import type { Progress } from './progress.ts';

export interface MemoryKeeperOptions {
  readonly state: DetectionState;
  readonly progress: Progress;
  readonly eventLog: Pick<EventLog, 'stats'>;
  /** In one transaction. */
  readonly save: (parts: readonly MemoryPart[], place: MemoryPlace) => Promise<void>;
  readonly metrics: Metrics;
  readonly everyMs?: number;
}

export interface MemoryKeeper {
  /** To be called when blocks are recorded, and when there was nothing to do. Throws what `save` does. */
  settle(): Promise<void>;
  /** Saves at once. */
  save(): Promise<void>;
}

/** Sketches are large: a busy hub saves no more often. */
const defaultEveryMs = 2_000;
/** Saving takes one part in so many of the time, however much there is. */
const restShare = 19;
/** Blocks that wait for the next save; beyond it the memory is saved at once. */
const holdBytes = 64 * 1024 * 1024;

export function createMemoryKeeper(options: MemoryKeeperOptions): MemoryKeeper {
  const { state, progress, eventLog, everyMs = defaultEveryMs } = options;
  const meter = createMeter(options.metrics);
  /** Taken from the state, and not saved because the database was away. */
  const unsaved = new Map<string, MemoryPart>();
  let notBefore = 0;

  const isClean = (): boolean => unsaved.size === 0 && !state.hasChanges();
  const save = async (): Promise<void> => {
    if (isClean()) return progress.release();
    const startedAt = performance.now();
    for (const part of state.takeChanges())
      unsaved.set(JSON.stringify([part.rule, part.cluster]), await encodePart(part));
    const parts = [...unsaved.values()];
    await options.save(parts, { log: eventLog.stats().droppedSince, seq: progress.seq() });
    unsaved.clear();
    progress.release();
    const tookMs = performance.now() - startedAt;
    notBefore = performance.now() + Math.max(everyMs, tookMs * restShare);
    meter(parts, tookMs);
  };

  return {
    save,
    async settle() {
      if (!progress.isHolding()) return;
      if (isClean()) return progress.release();
      const isFull = progress.heldBytes() > Math.min(holdBytes, eventLog.stats().limitBytes / 4);
      if (isFull || performance.now() >= notBefore) await save();
    },
  };
}

function createMeter(metrics: Metrics): (parts: readonly MemoryPart[], tookMs: number) => void {
  const saves = metrics.counter('rule_memory_saves_total', 'Times that the memory of rules was saved');
  const bytes = metrics.counter('rule_memory_saved_bytes_total', 'Bytes of it, compressed');
  const seconds = metrics.counter('rule_memory_save_seconds_total', 'Time that saving took');
  return (parts, tookMs) => {
    saves.inc();
    bytes.inc(parts.reduce((sum, { body }) => sum + body.byteLength, 0));
    seconds.inc(tookMs / 1000);
  };
}
