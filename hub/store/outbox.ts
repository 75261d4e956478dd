// The outbox of a destination: messages in order, delivered or given up.
import type { Alert, AlertChangeKind } from '@yagura/contracts';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { storableText } from './storable.ts';

export interface OutboxMessage {
  readonly id: number;
  readonly change: AlertChangeKind;
  readonly key: string;
  readonly alert: Alert;
  readonly createdAt: string;
  readonly attempts: number;
}

/** More dead letters than this nobody reads; the oldest go, and are counted. */
const maxDeadLetters = 1_000;
const reasonLimit = 500;

export async function readPending(
  db: Database,
  destination: string,
  limit: number,
): Promise<readonly OutboxMessage[]> {
  const rows = await db
    .selectFrom('export_messages')
    .select(['id', 'change', 'key', 'alert', 'created_at', 'attempts'])
    .where('destination', '=', destination)
    .where('state', '=', 'pending')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ created_at, alert, ...row }) => ({
    ...row,
    alert: alert as Alert,
    createdAt: created_at,
  }));
}

export async function markDelivered(
  db: Database,
  destination: string,
  ids: readonly number[],
): Promise<void> {
  await sql`
    WITH gone AS (DELETE FROM export_messages WHERE id = ANY (${ids}::bigint[]) RETURNING 1)
    UPDATE export_destinations SET delivered = delivered + (SELECT count(*) FROM gone),
      last_delivered_at = clock_timestamp()
    WHERE id = ${destination}`.execute(db);
}

export async function markFailed(db: Database, ids: readonly number[], reason: string): Promise<void> {
  await db
    .updateTable('export_messages')
    .set(({ eb }) => ({
      attempts: eb('attempts', '+', 1),
      reason: storableText(reason.slice(0, reasonLimit)),
    }))
    .where('id', 'in', [...ids])
    .execute();
}

/** Returns how many of the oldest dead letters had to go. */
export async function markDead(
  db: Database,
  destination: string,
  ids: readonly number[],
  reason: string,
): Promise<number> {
  await db
    .updateTable('export_messages')
    .set(({ eb }) => ({
      ...{ state: 'dead' as const, attempts: eb('attempts', '+', 1), failed_at: sql`clock_timestamp()` },
      reason: storableText(reason.slice(0, reasonLimit)),
    }))
    .where('id', 'in', [...ids])
    .execute();
  const { rows } = await sql<{ n: number }>`
    WITH gone AS (DELETE FROM export_messages WHERE id = ANY (ARRAY(
      SELECT id FROM export_messages WHERE destination = ${destination} AND state = 'dead'
      ORDER BY id DESC OFFSET ${sql.lit(maxDeadLetters)})) RETURNING 1),
    counted AS (UPDATE export_destinations SET dead_dropped = dead_dropped + (SELECT count(*) FROM gone)
      WHERE id = ${destination})
    SELECT count(*) AS n FROM gone`.execute(db);
  return Number(rows[0]?.n ?? 0);
}
