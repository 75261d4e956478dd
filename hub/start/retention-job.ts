// Removes what is old, now and then, and says what it removed.
import { type Clock, type Logger, type Metrics, sleep } from '@yagura/kit';
import type { Database } from '../store/database.ts';
import { removeOldInventory } from '../store/object-retention.ts';
import { type Retention, removeOld } from '../store/retention.ts';
import { readRetention } from '../store/retention-wish.ts';
import { removeOldMemory } from '../store/rule-memory.ts';

export interface RetentionJobOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly retention: Retention;
  /** Ids of rules that are loaded: what others remember goes in the end. */
  readonly rules: () => readonly string[];
}

const firstMs = 60_000;
const everyMs = 60 * 60_000;

/** Runs until disposed. A failure is logged and the next turn tries again. */
export function startRetentionJob(options: RetentionJobOptions): AsyncDisposable {
  const abort = new AbortController();
  const removedTotal = options.metrics.counter('retention_removed_total', 'Rows removed by retention', [
    'what',
  ]);
  const running = run(options, abort.signal, (removed) => {
    for (const [what, count] of Object.entries(removed)) removedTotal.inc({ what }, count);
  });
  return {
    async [Symbol.asyncDispose]() {
      abort.abort();
      await running;
    },
  };
}

async function run(
  { db, clock, log, retention, rules }: RetentionJobOptions,
  signal: AbortSignal,
  onRemoved: (removed: Readonly<Record<string, number>>) => void,
): Promise<void> {
  for (let waitMs = firstMs; ; waitMs = everyMs) {
    await sleep(waitMs, signal).catch(() => undefined);
    if (signal.aborted) return;
    try {
      const ruleMemories = await removeOldMemory(db, rules());
      const removed = {
        ...(await removeOld(db, clock.now(), { ...retention, ...(await readRetention(db)) })),
        ...(await removeOldInventory(db, clock.now())),
        ruleMemories,
      };
      onRemoved(removed);
      if (Object.values(removed).some((count) => count > 0))
        log.info({ ...removed }, 'retention removed rows');
      if (removed.alertsOverLimit > 0)
        log.warn({ removed: removed.alertsOverLimit }, 'there were more alerts than are kept');
    } catch (error) {
      log.error({ err: error }, 'retention failed; trying again in an hour');
    }
  }
}
