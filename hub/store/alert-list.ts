// Reads alerts: one, a filtered page, or those that changed since.
import type { Alert, AlertPage, AlertQuery } from '@yagura/contracts';
import { type SelectQueryBuilder, sql } from 'kysely';
import { summaryColumns, toAlert, toSummary } from './alert-row.ts';
import type { AlertChange } from './alerts.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

export async function getAlert(db: Database, id: string): Promise<Alert | undefined> {
  const row = await db.selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toAlert(row);
}

const defaultLimit = 50;

/** Newest `lastSeenAt` first; a page begins after the cursor, so that new alerts do not shift it. */
export async function listAlerts(db: Database, query: AlertQuery): Promise<AlertPage> {
  const limit = query.limit ?? defaultLimit;
  const filtered = filter(db.selectFrom('alerts'), query);
  const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  const page = cursor
    ? filtered.where(sql<boolean>`(last_seen_at, id) < (${cursor.time}::timestamptz, ${cursor.id}::text)`)
    : filtered;
  const [rows, counted] = await Promise.all([
    page
      .select(summaryColumns)
      .orderBy('last_seen_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute(),
    filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirst(),
  ]);
  const items = rows.slice(0, limit).map(toSummary);
  const last = items.at(-1);
  return {
    items,
    total: counted?.total ?? 0,
    ...(rows.length > limit && last ? { next: encodeCursor({ time: last.lastSeenAt, id: last.id }) } : {}),
  };
}

type Query = SelectQueryBuilder<Tables, 'alerts', unknown>;

function filter(query: Query, by: AlertQuery): Query {
  return query
    .$if(by.severity !== undefined, (q) => q.where('severity', '=', by.severity ?? 'low'))
    .$if(by.status !== undefined, (q) => q.where('status', '=', by.status ?? 'open'))
    .$if(by.suppressed !== 'all', (q) =>
      q.where('suppressed_by', by.suppressed === 'true' ? 'is not' : 'is', null),
    )
    .$if(by.rule !== undefined, (q) => q.where('rule', '=', by.rule ?? ''))
    .$if(by.cluster !== undefined, (q) => q.where('cluster', '=', by.cluster ?? ''))
    .$if(by.namespace !== undefined, (q) => q.where('namespace', '=', by.namespace ?? ''))
    .$if(by.node !== undefined, (q) => q.where('node', '=', by.node ?? ''))
    .$if(by.since !== undefined, (q) => q.where('last_seen_at', '>=', by.since ?? ''))
    .$if(by.until !== undefined, (q) => q.where('last_seen_at', '<=', by.until ?? '')) as Query;
}

/** In the order of the changes; an alert that changed several times is there once, as it is now. */
export async function listChanges(
  db: Database,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly AlertChange[]> {
  const rows = await db
    .selectFrom('alerts')
    .select([...summaryColumns, 'change'])
    .where('change', '>', after)
    .orderBy('change')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    alert: toSummary(row),
    change: row.change,
    kind: row.count === 1 ? 'raised' : 'counted',
  }));
}

/** The newest change that is kept; 0 if there is none. */
export async function lastChange(db: Database): Promise<number> {
  const row = await db
    .selectFrom('alerts')
    .select(({ fn }) => fn.max('change').as('last'))
    .executeTakeFirst();
  return row?.last ?? 0;
}
