// Removes what is old, so that the database stays bounded; in small steps, so that nobody waits for it.
import { severities } from '@yagura/contracts';
import { rfc3339FromMs } from '@yagura/kit';
import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface Retention {
  readonly closedAlertDays: number;
  /** How long a replayed event is recognised. */
  readonly occurrenceDays: number;
  readonly trailDays: number;
  /** Beyond it the least severe alerts go, of these the ones that were quiet longest, whatever their status. */
  readonly maxAlerts: number;
}

export const defaultRetention: Retention = {
  closedAlertDays: 90,
  occurrenceDays: 30,
  trailDays: 365,
  maxAlerts: 500_000,
};

export interface Removed {
  readonly closedAlerts: number;
  /** Open or closed, over `maxAlerts`. */
  readonly alertsOverLimit: number;
  readonly occurrences: number;
  /** Those whose alerts are all gone, and pointers to them. */
  readonly incidents: number;
  /** By which alerts find one another. */
  readonly sightings: number;
  /** What destinations were told of alerts that are gone. */
  readonly exportMarks: number;
  /** That ended so long ago that the trail has forgotten them too. */
  readonly suppressions: number;
  readonly sessions: number;
  readonly trailEntries: number;
}

const dayMs = 24 * 60 * 60 * 1000;
const stepRows = 5_000;

export async function removeOld(db: Database, now: number, retention: Retention): Promise<Removed> {
  const before = (days: number) => rfc3339FromMs(now - days * dayMs);
  const closedBefore = before(retention.closedAlertDays);
  return {
    closedAlerts: await inSteps(() =>
      removeAlerts(
        db,
        sql`SELECT id FROM alerts WHERE status = 'closed'
        AND greatest(closed_at, last_seen_at) < ${closedBefore}::timestamptz LIMIT ${sql.lit(stepRows)}`,
      ),
    ),
    alertsOverLimit: await inSteps(() =>
      removeAlerts(
        db,
        // Severity first: a flood of what anybody can cause must not drive out what matters.
        sql`SELECT id FROM alerts
        ORDER BY array_position(${[...severities]}::text[], severity) DESC NULLS LAST, last_seen_at DESC, id DESC
        OFFSET ${retention.maxAlerts}::bigint LIMIT ${sql.lit(stepRows)}`,
      ),
    ),
    occurrences: await inSteps(() =>
      count(
        db,
        sql`WITH gone AS (DELETE FROM alert_occurrences WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM alert_occurrences WHERE recorded_at < ${before(retention.occurrenceDays)}::timestamptz
          LIMIT ${sql.lit(stepRows)})) RETURNING 1) SELECT count(*) AS n FROM gone`,
      ),
    ),
    incidents: await inSteps(() => removeEmptyIncidents(db)),
    sightings: await inSteps(() => removeSightings(db, before(sightingDays))),
    exportMarks: await inSteps(() =>
      count(
        db,
        sql`WITH gone AS (DELETE FROM export_sent WHERE ctid = ANY (ARRAY(
          SELECT s.ctid FROM export_sent s WHERE NOT EXISTS (SELECT 1 FROM alerts a WHERE a.id = s.alert_id)
          LIMIT ${sql.lit(stepRows)})) RETURNING 1) SELECT count(*) AS n FROM gone`,
      ),
    ),
    suppressions: await count(
      db,
      sql`WITH gone AS (DELETE FROM suppressions
        WHERE least(ended_at, expires_at) < ${before(retention.trailDays)}::timestamptz RETURNING 1)
        SELECT count(*) AS n FROM gone`,
    ),
    sessions: (await removeExpired(db, 'sessions', now)) + (await removeExpired(db, 'sign_in_links', now)),
    trailEntries: await inSteps(() =>
      count(
        db,
        sql`WITH gone AS (DELETE FROM trail WHERE id = ANY (ARRAY(
          SELECT id FROM trail WHERE time < ${before(retention.trailDays)}::timestamptz
          ORDER BY id LIMIT ${sql.lit(stepRows)})) RETURNING 1) SELECT count(*) AS n FROM gone`,
      ),
    ),
  };
}

type Statement = ReturnType<typeof sql>;

async function inSteps(step: () => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const removed = await step();
    total += removed;
    if (removed < stepRows) return total;
  }
}

/** An alert goes together with what was counted into it, and leaves its incidents. */
const removeAlerts = (db: Database, ids: Statement): Promise<number> =>
  count(
    db,
    sql`WITH gone AS (DELETE FROM alerts WHERE id = ANY (ARRAY(${ids})) RETURNING id),
      counted AS (DELETE FROM alert_occurrences o USING gone WHERE o.alert_id = gone.id),
      seen AS (DELETE FROM alert_sightings s USING gone WHERE s.alert_id = gone.id),
      left_incident AS (
        DELETE FROM incident_alerts m USING gone WHERE m.alert_id = gone.id RETURNING m.incident_id),
      lowered AS (UPDATE incidents i SET alert_count = greatest(0, i.alert_count - l.n)
        FROM (SELECT incident_id, count(*)::integer AS n FROM left_incident GROUP BY 1) l
        WHERE i.id = l.incident_id)
      SELECT count(*) AS n FROM gone`,
  );

async function count(db: Database, statement: Statement): Promise<number> {
  const { rows } = await statement.execute(db);
  return Number((rows[0] as { n?: number } | undefined)?.n ?? 0);
}

const removeEmptyIncidents = (db: Database): Promise<number> =>
  count(
    db,
    sql`WITH gone AS (DELETE FROM incidents WHERE id = ANY (ARRAY(
        SELECT id FROM incidents i WHERE NOT EXISTS (SELECT 1 FROM incident_alerts m WHERE m.incident_id = i.id)
          AND (i.status <> 'merged' OR NOT EXISTS (SELECT 1 FROM incidents t WHERE t.id = i.merged_into))
        LIMIT ${sql.lit(stepRows)})) RETURNING 1) SELECT count(*) AS n FROM gone`,
  );

/** Longer than any incident may wait for an alert that comes late. */
const sightingDays = 31;

const removeSightings = (db: Database, before: string): Promise<number> =>
  count(
    db,
    sql`WITH gone AS (DELETE FROM alert_sightings WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM alert_sightings WHERE recorded_at < ${before}::timestamptz
        LIMIT ${sql.lit(stepRows)})) RETURNING 1),
      common AS (DELETE FROM hub_entities WHERE recorded_at < ${before}::timestamptz)
      SELECT count(*) AS n FROM gone`,
  );

async function removeExpired(
  db: Database,
  table: 'sessions' | 'sign_in_links',
  now: number,
): Promise<number> {
  const result = await db.deleteFrom(table).where('expires_at', '<=', rfc3339FromMs(now)).executeTakeFirst();
  return Number(result.numDeletedRows);
}
