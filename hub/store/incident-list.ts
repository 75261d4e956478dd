// Reads incidents: a filtered page of them, those of an alert, or those that changed since.
import type { IncidentPage, IncidentQuery } from '@yagura/contracts';
import { type SelectQueryBuilder, sql } from 'kysely';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Database } from './database.ts';
import { type IncidentChange, toIncidentSummary } from './incident-row.ts';
import type { Tables } from './tables.ts';

const defaultLimit = 50;

/** Newest `lastSeenAt` first; without those that became part of another. */
export async function listIncidents(db: Database, query: IncidentQuery): Promise<IncidentPage> {
  const limit = query.limit ?? defaultLimit;
  const filtered = filter(db.selectFrom('incidents').where('status', '!=', 'merged'), query);
  const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  const page = cursor
    ? filtered.where(sql<boolean>`(last_seen_at, id) < (${cursor.time}::timestamptz, ${cursor.id}::text)`)
    : filtered;
  const [rows, counted] = await Promise.all([
    page
      .selectAll()
      .orderBy('last_seen_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute(),
    filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirst(),
  ]);
  const items = rows.slice(0, limit).map(toIncidentSummary);
  const last = items.at(-1);
  return {
    items,
    total: counted?.total ?? 0,
    ...(rows.length > limit && last ? { next: encodeCursor({ time: last.lastSeenAt, id: last.id }) } : {}),
  };
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
