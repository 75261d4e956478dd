// Reads alerts: one, a filtered page, or those that changed since.
import type { Alert, AlertPage, AlertQuery } from '@yagura/contracts';
import type { SelectQueryBuilder } from 'kysely';
import { summaryColumns, toAlert, toSummary } from './alert-row.ts';
import type { AlertChange } from './alerts.ts';
import type { Database } from './database.ts';
import { isBehind, rowsToRead, toRecentPage } from './recent-page.ts';
import type { Tables } from './tables.ts';

export async function getAlert(db: Database, id: string): Promise<Alert | undefined> {
  const row = await db.selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toAlert(row);
}

export async function listAlerts(db: Database, query: AlertQuery): Promise<AlertPage> {
  const filtered = filter(db.selectFrom('alerts'), query);
  const [rows, counted] = await Promise.all([
    filtered
      .select(summaryColumns)
      .where(isBehind(query.cursor))
      .orderBy('last_seen_at', 'desc')
      .orderBy('id', 'desc')
      .limit(rowsToRead(query.limit))
      .execute(),
    filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirst(),
  ]);
  return { ...toRecentPage(rows.map(toSummary), query.limit), total: counted?.total ?? 0 };
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
