// Reads what clusters consist of: a filtered page of objects, counts, and the clusters' own Events.
import type { ClusterEvent, ClusterObject, ObjectPage, ObjectQuery, ResourceCount } from '@yagura/contracts';
import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import { HubError } from '../errors.ts';
import type { Database } from './database.ts';
import type { ClusterEventTable, ObjectTable } from './inventory-tables.ts';
import type { Tables } from './tables.ts';

const defaultLimit = 100;

type Place = readonly [resource: string, namespace: string, name: string, uid: string];

export async function listObjects(db: Database, cluster: string, query: ObjectQuery): Promise<ObjectPage> {
  const limit = query.limit ?? defaultLimit;
  const filtered = filter(db.selectFrom('objects').where('cluster', '=', cluster), query);
  const after = query.cursor === undefined ? undefined : decodePlace(query.cursor);
  const page = after
    ? filtered.where(
        sql<boolean>`(resource, namespace, name, uid) > (${after[0]}::text, ${after[1]}::text, ${after[2]}::text,
          ${after[3]}::text)`,
      )
    : filtered;
  const [rows, counted] = await Promise.all([
    page
      .selectAll()
      .orderBy('resource')
      .orderBy('namespace')
      .orderBy('name')
      .orderBy('uid')
      .limit(limit + 1)
      .execute(),
    filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirst(),
  ]);
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(toObject),
    total: counted?.total ?? 0,
    ...(rows.length > limit && last ? { next: encodePlace(last) } : {}),
  };
}

type Query = SelectQueryBuilder<Tables, 'objects', unknown>;

function filter(query: Query, by: ObjectQuery): Query {
  return query
    .$if(by.resource !== undefined, (q) => q.where('resource', '=', by.resource ?? ''))
    .$if(by.namespace !== undefined, (q) => q.where('namespace', '=', by.namespace ?? ''))
    .$if(by.workload !== undefined, (q) => q.where('workload', '=', by.workload ?? ''))
    .$if(by.name !== undefined, (q) => q.where('name', '=', by.name ?? ''))
    .$if(by.removed !== true, (q) => q.where('removed_at', 'is', null)) as Query;
}

const encodePlace = ({ resource, namespace, name, uid }: Selectable<ObjectTable>): string =>
  Buffer.from(JSON.stringify([resource, namespace, name, uid])).toString('base64url');

function decodePlace(text: string): Place {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const isPlace =
      Array.isArray(value) &&
      value.length === 4 &&
      value.every((part) => typeof part === 'string' && !part.includes('\0'));
    if (isPlace) return value as unknown as Place;
  } catch {}
  throw new HubError('REQUEST_INVALID', 'cursor: not one that this hub gave');
}

const toObject = (row: Selectable<ObjectTable>): ClusterObject => ({
  uid: row.uid,
  resource: row.resource,
  ...(row.namespace === '' ? {} : { namespace: row.namespace }),
  name: row.name,
  ...(row.created_at === null ? {} : { createdAt: row.created_at }),
  firstSeenAt: row.first_seen_at,
  lastSeenAt: row.last_seen_at,
  ...(row.removed_at === null ? {} : { removedAt: row.removed_at }),
  facts: row.facts,
});

export async function countObjects(db: Database, cluster: string): Promise<readonly ResourceCount[]> {
  const [counts, listings] = await Promise.all([
    db
      .selectFrom('objects')
      .select(['resource', ({ fn }) => fn.countAll<number>().as('objects')])
      .where('cluster', '=', cluster)
      .where('removed_at', 'is', null)
      .groupBy('resource')
      .execute(),
    db.selectFrom('inventories').selectAll().where('cluster', '=', cluster).execute(),
  ]);
  const known = new Map(counts.map(({ resource, objects }) => [resource, objects]));
  const listed = new Map(listings.map((row) => [row.resource, row]));
  return [...new Set([...known.keys(), ...listed.keys()])].sort().map((resource) => {
    const row = listed.get(resource);
    return {
      resource,
      objects: known.get(resource) ?? 0,
      complete: row?.complete ?? false,
      ...(row?.message == null ? {} : { message: row.message }),
      ...(row === undefined ? {} : { listedAt: row.listed_at }),
      ...(row?.reported_by == null ? {} : { reportedBy: row.reported_by }),
    };
  });
}

export interface EventFilter {
  readonly namespace?: string;
  readonly reason?: string;
  readonly limit?: number;
}

export async function listClusterEvents(
  db: Database,
  cluster: string,
  by: EventFilter,
): Promise<readonly ClusterEvent[]> {
  const rows = await db
    .selectFrom('cluster_events')
    .selectAll()
    .where('cluster', '=', cluster)
    .$if(by.namespace !== undefined, (q) => q.where('namespace', '=', by.namespace ?? ''))
    .$if(by.reason !== undefined, (q) => q.where('reason', '=', by.reason ?? ''))
    .orderBy('last_seen_at', 'desc')
    .limit(by.limit ?? defaultLimit)
    .execute();
  return rows.map(toEvent);
}

const toEvent = (row: Selectable<ClusterEventTable>): ClusterEvent => ({
  uid: row.uid,
  ...(row.namespace === '' ? {} : { namespace: row.namespace }),
  type: row.type,
  reason: row.reason,
  message: row.message,
  object: { kind: row.object_kind, name: row.object_name },
  count: row.count,
  firstSeenAt: row.first_seen_at,
  lastSeenAt: row.last_seen_at,
});
