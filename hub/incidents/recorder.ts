// Records what rules matched: alerts and their incidents in one transaction.
import type { IncidentSettings } from '@yagura/detection';
import type { Clock, Logger, Metrics } from '@yagura/kit';
import { sql } from 'kysely';
import { type AlertChange, type Occurrence, recordAlerts } from '../store/alerts.ts';
import { isDataRefused } from '../store/data-refused.ts';
import type { Database } from '../store/database.ts';
import type { IncidentChange } from '../store/incident-row.ts';
import { type Correlated, correlateAlerts } from './correlate-alerts.ts';

export interface RecorderOptions {
  readonly db: Database;
  readonly settings: IncidentSettings;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

export interface Recorder {
  readonly record: (occurrences: readonly Occurrence[]) => Promise<readonly AlertChange[]>;
  /** Incidents that changed since the last time, to be told of after the alerts. */
  readonly takeIncidents: () => readonly IncidentChange[];
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { db } = options;
  const count = createCounters(options.metrics);
  let waiting: IncidentChange[] = [];
  return {
    async record(occurrences) {
      if (occurrences.length === 0) return [];
      const { changes, correlated } = await db.transaction().execute(async (transaction) => {
        const recorded = await recordAlerts(transaction, occurrences);
        return {
          changes: recorded,
          correlated: await correlateSafely(transaction, { changes: recorded, occurrences }, options),
        };
      });
      count(correlated);
      waiting.push(...(correlated?.incidents ?? []));
      return changes;
    },
    takeIncidents() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}

/** An alert must not be lost because its incident cannot be worked out: then it has none, and that is counted. */
async function correlateSafely(
  db: Database,
  recorded: { readonly changes: readonly AlertChange[]; readonly occurrences: readonly Occurrence[] },
  { settings, clock, log }: RecorderOptions,
): Promise<Correlated | undefined> {
  await sql`SAVEPOINT alerts_recorded`.execute(db);
  try {
    return await correlateAlerts(db, { ...recorded, settings, nowMs: clock.now() });
  } catch (error) {
    if (!isDataRefused(error)) throw error;
    log.error({ err: error }, 'incidents of a batch of alerts could not be worked out');
    await sql`ROLLBACK TO SAVEPOINT alerts_recorded`.execute(db);
    return undefined;
  }
}

function createCounters(metrics: Metrics): (correlated: Correlated | undefined) => void {
  const opened = metrics.counter('incidents_opened_total', 'Incidents that alerts were put together to');
  const merged = metrics.counter('incidents_merged_total', 'Incidents that became part of an older one');
  const leftOut = metrics.counter(
    'incidents_left_out_total',
    'Alerts that belong to an incident that is full',
  );
  const tooCommon = metrics.counter(
    'incidents_hub_entities_total',
    'Things that link no more alerts: they were seen with too many others',
  );
  const failed = metrics.counter(
    'incidents_failed_total',
    'Batches of alerts whose incidents could not be worked out',
  );
  return (correlated) => {
    if (correlated === undefined) return failed.inc();
    opened.inc(correlated.opened);
    merged.inc(correlated.merged);
    leftOut.inc(correlated.leftOut);
    tooCommon.inc(correlated.tooCommon);
  };
}
