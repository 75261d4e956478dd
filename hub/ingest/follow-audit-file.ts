// An API server's audit file on this machine: its lines into the event log, and the place in it remembered only then.
import { type AuditTailBatch, parseAuditBody, tailAuditFile } from '@yagura/connector-kubernetes';
import { type Clock, type Logger, retry } from '@yagura/kit';
import type { EventLog } from '../event-log/event-log.ts';
import { ensureCluster } from '../store/clusters.ts';
import type { Database } from '../store/database.ts';
import { appendEvents } from './append-events.ts';
import { auditEvents, countAudit } from './audit-events.ts';
import type { ContactBook } from './contact-book.ts';

export interface AuditFileOptions {
  readonly path: string;
  readonly cluster: string;
  /** Where the place in the file is kept. */
  readonly checkpointPath: string;
  readonly eventLog: Pick<EventLog, 'append'>;
  readonly contacts: ContactBook;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

const backoff = { minMs: 200, maxMs: 10_000 };

/** Resolves when the signal fires. A full event log makes it wait: the file keeps what was not read. */
export async function followAuditFile(options: AuditFileOptions): Promise<void> {
  const { cluster, db, clock, log, path, signal } = options;
  const onRetry = (error: unknown, attempt: number): void => {
    if (attempt === 1) log.warn({ err: error, path, cluster }, 'the audit file waits; it is tried again');
  };
  const untilItWorks = { ...backoff, signal, onRetry };
  try {
    await retry(() => ensureCluster(db, cluster, clock.now()), untilItWorks);
    await retry(() => follow(options), untilItWorks);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function follow(options: AuditFileOptions): Promise<void> {
  const { path, checkpointPath, signal } = options;
  for await (const batch of tailAuditFile({ path, checkpointPath, signal })) {
    await batch.begin();
    await retry(() => take(options, batch), { ...backoff, signal });
    await batch.commit();
  }
}

async function take({ cluster, eventLog, contacts }: AuditFileOptions, batch: AuditTailBatch): Promise<void> {
  const body = batch.lines.join('\n');
  const parsed = parseAuditBody(body, { cluster });
  const events = await auditEvents(cluster, { source: 'file', body, events: parsed.events });
  if (body !== '' && !appendEvents(eventLog, events)) return;
  countAudit(contacts, cluster, parsed);
  const { tooLong, gaps } = batch.skipped;
  for (const [reason, count] of Object.entries({ 'line-too-long': tooLong, 'file-gap': gaps }))
    if (count > 0) contacts.lost(`cluster:${cluster}`, { kind: 'api.requested', reason, count });
}
