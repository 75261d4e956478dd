// Reads incidents: a filtered page of them, those of an alert, or those that changed since.
import type { IncidentPage, IncidentQuery } from '@yagura/contracts';
import { type SelectQueryBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import { type IncidentChange, toIncidentSummary } from './incident-row.ts';
import { isBehind, rowsToRead, toRecentPage } from './recent-page.ts';
import type { Tables } from './tables.ts';

/** Without those that became part of another. */
export async function listIncidents(db: Database, query: IncidentQuery): Promise<IncidentPage> {
  const filtered = filter(db.selectFrom('incidents').where('status', '!=', 'merged'), query);
  const [rows, counted] = await Promise.all([
    filtered
      .selectAll()
      .where(isBehind(query.cursor))
      .orderBy('last_seen_at', 'desc')
      .orderBy('id', 'desc')
      .limit(rowsToRead(query.limit))
      .execute(),
    filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirst(),
  ]);
  return { ...toRecentPage(rows.map(toIncidentSummary), query.limit), total: counted?.total ?? 0 };
}

type Query = SelectQueryBuilder<Tables, 'incidents', unknown>;

function filter(query: Query, by: IncidentQuery): Query {
  const ofAlert = sql<boolean>`EXISTS (SELECT 1 FROM incident_alerts m
    WHERE m.incident_id = incidents.id AND m.alert_id = ${by.alert ?? ''})`;
  const inCluster = sql<boolean>`EXISTS (SELECT 1 FROM incident_alerts m JOIN alerts a ON a.id = m.alert_id
    WHERE m.incident_id = incidents.id AND a.cluster = ${by.cluster ?? ''})`;
  return query
    .$if(by.status !== undefined, (q) => q.where('status', '=', by.status ?? 'open'))
    .$if(by.severity !== undefined, (q) => q.where('severity', '=', by.severity ?? 'low'))
    .$if(by.minScore !== undefined, (q) => q.where('score', '>=', by.minScore ?? 0))
    .$if(by.owner !== undefined, (q) => q.where('owner', '=', by.owner ?? ''))
    .$if(by.alert !== undefined, (q) => q.where(ofAlert))
    .$if(by.cluster !== undefined, (q) => q.where(inCluster))
    .$if(by.since !== undefined, (q) => q.where('last_seen_at', '>=', by.since ?? ''))
    .$if(by.until !== undefined, (q) => q.where('last_seen_at', '<=', by.until ?? '')) as Query;
}

/** In the order of the changes, at most `limit`. */
export async function listIncidentChanges(
  db: Database,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly (IncidentChange & { readonly change: number })[]> {
  const rows = await db
    .selectFrom('incidents')
    .selectAll()
    .where('change', '>', after)
    .orderBy('change')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ incident: toIncidentSummary(row), change: row.change }));
}
