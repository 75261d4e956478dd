// Destinations of alerts: made, listed, paused, deleted.
import type { DeadLetter, ExportFilter, ExportFormat } from '@yagura/contracts';
import { type Selectable, sql } from 'kysely';
import { HubError } from '../errors.ts';
import { lastChange } from './alert-list.ts';
import type { Database } from './database.ts';
import type { ExportDestinationTable } from './export-tables.ts';
import { storableText } from './storable.ts';

export type DestinationRow = Selectable<ExportDestinationTable>;

const maxDestinations = 32;

export type NewDestinationRow = Pick<
  DestinationRow,
  'id' | 'name' | 'type' | 'target' | 'settings' | 'secrets'
> & {
  readonly format: ExportFormat;
  readonly filter: ExportFilter;
  readonly createdBy: string;
};

/** It begins with what changes from now on. */
export async function createDestination(db: Database, wish: NewDestinationRow): Promise<DestinationRow> {
  const all = await readDestinations(db);
  if (all.some(({ name }) => name === wish.name))
    throw new HubError('CONFLICT', `there is a destination ${wish.name} already`);
  if (all.length >= maxDestinations)
    throw new HubError('CONFLICT', `there are ${maxDestinations} destinations`);
  const { createdBy, settings, filter, ...same } = wish;
  return db
    .insertInto('export_destinations')
    .values({
      ...same,
      settings: JSON.stringify(settings),
      filter: JSON.stringify(filter),
      created_by: storableText(createdBy),
      cursor: await lastChange(db),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export const readDestinations = (db: Database): Promise<readonly DestinationRow[]> =>
  db.selectFrom('export_destinations').selectAll().orderBy(sql`name`).execute();

/** By id or name; throws NOT_FOUND. */
export async function findDestination(db: Database, idOrName: string): Promise<DestinationRow> {
  const row = await db
    .selectFrom('export_destinations')
    .selectAll()
    .where(({ eb, or }) => or([eb('id', '=', idOrName), eb('name', '=', idOrName)]))
    .executeTakeFirst();
  if (row === undefined) throw new HubError('NOT_FOUND', 'destination');
  return row;
}

export async function setDestinationState(
  db: Database,
  id: string,
  state: 'active' | 'paused',
): Promise<void> {
  await db.updateTable('export_destinations').set({ state }).where('id', '=', id).execute();
}

export async function deleteDestination(db: Database, id: string): Promise<void> {
  await db.deleteFrom('export_destinations').where('id', '=', id).execute();
}

export interface Backlog {
  readonly waiting: number;
  readonly oldestAt: string | null;
  readonly deadLetters: number;
  /** Why the last attempt failed or was refused; null when it got through. */
  readonly problem: string | null;
}

/** Counting further costs more than it tells. */
const countLimit = 10_000;

interface Counts {
  readonly changed: number;
  readonly pending: number;
  readonly oldest: string | null;
  readonly dead: number;
  readonly failing: string | null;
  readonly refused: string | null;
}

/**
 * What went wrong last is read from the messages, so that a restart forgets nothing: one that waits and was tried, else
 * one that was given up after the last delivery.
 */
export async function readBacklog(
  db: Database,
  { id, cursor, last_delivered_at }: Pick<DestinationRow, 'id' | 'cursor' | 'last_delivered_at'>,
): Promise<Backlog> {
  const { rows } = await sql<Counts>`
    SELECT (SELECT count(*) FROM (SELECT 1 FROM alerts WHERE change > ${cursor}::bigint
        LIMIT ${sql.lit(countLimit)}) c) AS changed,
      count(*) FILTER (WHERE state = 'pending') AS pending,
      min(created_at) FILTER (WHERE state = 'pending') AS oldest,
      count(*) FILTER (WHERE state = 'dead') AS dead,
      (array_agg(reason ORDER BY id) FILTER (WHERE state = 'pending' AND attempts > 0))[1] AS failing,
      (array_agg(reason ORDER BY failed_at DESC) FILTER (WHERE state = 'dead'
        AND failed_at > coalesce(${last_delivered_at}::timestamptz, '-infinity')))[1] AS refused
    FROM export_messages WHERE destination = ${id}`.execute(db);
  const [row] = rows;
  return {
    waiting: Math.min(countLimit, (row?.changed ?? 0) + (row?.pending ?? 0)),
    oldestAt: row?.oldest ?? null,
    deadLetters: row?.dead ?? 0,
    problem: row?.failing ?? row?.refused ?? null,
  };
}

const defaultLetters = 100;

export async function listDeadLetters(
  db: Database,
  { destination, limit = defaultLetters }: { readonly destination?: string; readonly limit?: number },
): Promise<readonly DeadLetter[]> {
  const rows = await db
    .selectFrom('export_messages as m')
    .innerJoin('export_destinations as d', 'd.id', 'm.destination')
    .select([
      'm.id',
      'd.name',
      'm.alert_id',
      'm.change',
      'm.key',
      'm.alert',
      'm.reason',
      'm.attempts',
      'm.failed_at',
    ])
    .where('m.state', '=', 'dead')
    .$if(destination !== undefined, (query) =>
      query.where(({ eb, or }) =>
        or([eb('d.id', '=', destination ?? ''), eb('d.name', '=', destination ?? '')]),
      ),
    )
    .orderBy('m.failed_at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const { rule = '', title = '' } = row.alert as { rule?: string; title?: string };
    return {
      ...{
        id: row.id,
        destination: row.name,
        alert: row.alert_id,
        rule,
        title,
        change: row.change,
        key: row.key,
      },
      ...{ reason: row.reason ?? '', attempts: row.attempts, failedAt: row.failed_at ?? '' },
    };
  });
}

/** They keep their keys, and go before what waits. */
export async function retryDeadLetters(db: Database, id: string): Promise<number> {
  const result = await db
    .updateTable('export_messages')
    .set({ state: 'pending', attempts: 0, created_at: sql`clock_timestamp()`, failed_at: null })
    .where('destination', '=', id)
    .where('state', '=', 'dead')
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export async function discardDeadLetters(db: Database, id: string): Promise<number> {
  const result = await db
    .deleteFrom('export_messages')
    .where('destination', '=', id)
    .where('state', '=', 'dead')
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
