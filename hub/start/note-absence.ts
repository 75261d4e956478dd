// Notes when the hub was away: an API server's webhook keeps little of what it could not hand over meanwhile, and says nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, type Logger, rfc3339FromMs } from '@yagura/kit';
import { clustersWithWebhook } from '../store/clusters.ts';
import type { Database } from '../store/database.ts';
import { mergeLosses } from '../store/losses.ts';

export interface AbsenceOptions {
  readonly dataFolder: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
}

const everyMs = 2_000;
/** An API server tries again first after 10 s: what is shorter costs delay only. */
const toleratedMs = 10_000;

/** Called once batches are taken. Until disposal the time is written down, so that the next start knows the gap. */
export async function noteAbsence(options: AbsenceOptions): Promise<Disposable> {
  const { dataFolder, clock, log } = options;
  const path = join(dataFolder, 'alive');
  const awayMs = clock.now() - readAlive(path, clock.now());
  if (awayMs > toleratedMs) await countGap(options, awayMs);
  const write = (): void => {
    try {
      writeFileSync(path, String(clock.now()), { mode: 0o600 });
    } catch (error) {
      log.warn({ err: error, path }, 'the next start will not know how long the hub was away');
    }
  };
  write();
  const timer = setInterval(write, everyMs);
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      write();
    },
  };
}

function readAlive(path: string, now: number): number {
  try {
    return Number(readFileSync(path, 'utf8')) || now;
  } catch {
    return now;
  }
}

/** Nobody knows how many records it cost, or whether any: that it may have is what is counted. */
async function countGap({ db, clock, log }: AbsenceOptions, awayMs: number): Promise<void> {
  const clusters = await clustersWithWebhook(db);
  const gap = {
    ...{ stage: 'ingest', kind: 'api.requested', count: 1, since: rfc3339FromMs(clock.now()) },
    reason: 'the hub was away: its webhook may have dropped records (times)',
  };
  for (const cluster of clusters) await mergeLosses(db, `cluster:${cluster}`, [gap]);
  if (clusters.length > 0)
    log.warn({ awayMs, clusters }, 'the hub was away; audit records by webhook may be missing');
}
