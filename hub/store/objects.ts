// Writes what inventories tell; the same told twice changes nothing, and what is only partly known deletes nothing.
import type { ClusterEventReported, InventoryListed, ObjectObserved, ObjectRemoved } from '@yagura/contracts';
import { rfc3339FromMs } from '@yagura/kit';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { storableJson, storableText, storableTime } from './storable.ts';

/** A record with the cluster that its sender's certificate names. */
export interface Told<R> {
  readonly cluster: string;
  readonly record: R;
  /** When the hub took it. */
  readonly at: number;
}

const column = <R>(told: readonly Told<R>[], read: (one: Told<R>) => string): string[] =>
  told.map((one) => storableText(read(one)));

/** At most one for each cluster and uid. */
export async function writeObjects(db: Database, told: readonly Told<ObjectObserved>[]): Promise<void> {
  if (told.length === 0) return;
  const facts = told.map(({ record }) => storableJson(record.facts));
  const workloads = told.map(({ record }) => storableText(record.facts.workload?.name ?? ''));
  const created = told.map(({ record }) => storableTime(record.createdAt ?? ''));
  await sql`
    INSERT INTO objects AS o (cluster, uid, resource, namespace, name, workload, facts, generation, created_at,
      first_seen_at, last_seen_at)
    SELECT n.cluster, n.uid, n.resource, n.namespace, n.name, nullif(n.workload, ''), n.facts::json, n.generation,
      n.created_at, n.at, n.at
    FROM unnest(${column(told, ({ cluster }) => cluster)}::text[],
      ${column(told, ({ record }) => record.uid)}::text[], ${column(told, ({ record }) => record.resource)}::text[],
      ${column(told, ({ record }) => record.namespace ?? '')}::text[],
      ${column(told, ({ record }) => record.name)}::text[], ${workloads}::text[], ${facts}::text[],
      ${column(told, ({ record }) => record.generation)}::text[], ${created}::timestamptz[],
      ${told.map(({ at }) => rfc3339FromMs(at))}::timestamptz[])
      AS n (cluster, uid, resource, namespace, name, workload, facts, generation, created_at, at)
    ORDER BY n.cluster, n.uid
    ON CONFLICT (cluster, uid) DO UPDATE SET
      resource = excluded.resource, namespace = excluded.namespace, name = excluded.name,
      workload = excluded.workload, facts = excluded.facts, generation = excluded.generation,
      created_at = excluded.created_at, last_seen_at = greatest(o.last_seen_at, excluded.last_seen_at),
      removed_at = NULL`.execute(db);
}

/** They stay for a while, marked, so that an alert about them can still be understood. */
export async function removeObjects(db: Database, told: readonly Told<ObjectRemoved>[]): Promise<void> {
  if (told.length === 0) return;
  await sql`
    UPDATE objects o SET removed_at = n.at
    FROM unnest(${column(told, ({ cluster }) => cluster)}::text[],
      ${column(told, ({ record }) => record.uid)}::text[],
      ${told.map(({ at }) => rfc3339FromMs(at))}::timestamptz[]) AS n (cluster, uid, at)
    WHERE o.cluster = n.cluster AND o.uid = n.uid AND o.removed_at IS NULL`.execute(db);
}

/**
 * Notes that a resource was told as a whole. Only if all of its objects arrived, those of older generations are gone;
 * else what was known stays, and the inventory shows as partial.
 */
export async function closeListing(
  db: Database,
  { cluster, record, at }: Told<InventoryListed>,
  reportedBy: string | undefined,
): Promise<void> {
  const [owner, resource, generation] = [cluster, record.resource, record.generation].map(storableText) as [
    string,
    string,
    string,
  ];
  const known = await db
    .selectFrom('objects')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('cluster', '=', owner)
    .where('resource', '=', resource)
    .where('generation', '=', generation)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  const isWhole = known.count === record.objects;
  const complete = record.complete && isWhole;
  const missing = `${known.count} of ${record.objects} objects arrived; the inventory tells all again in some hours`;
  const row = {
    generation,
    complete,
    message: complete ? null : storableText(record.message ?? (isWhole ? 'not all were listed' : missing)),
    listed_at: rfc3339FromMs(at),
    reported_by: reportedBy === undefined ? null : storableText(reportedBy),
  };
  await db
    .insertInto('inventories')
    .values({ cluster: owner, resource, ...row })
    .onConflict((conflict) => conflict.columns(['cluster', 'resource']).doUpdateSet(row))
    .execute();
  if (!complete) return;
  await db
    .updateTable('objects')
    .set({ removed_at: row.listed_at })
    .where('cluster', '=', owner)
    .where('resource', '=', resource)
    .where('generation', '!=', generation)
    .where('removed_at', 'is', null)
    .execute();
}

/** At most one for each cluster and uid. */
export async function writeClusterEvents(
  db: Database,
  told: readonly Told<ClusterEventReported>[],
): Promise<void> {
  if (told.length === 0) return;
  const time = (read: (record: ClusterEventReported) => string | undefined): string[] =>
    told.map(({ record, at }) => storableTime(read(record) ?? '') ?? rfc3339FromMs(at));
  await sql`
    INSERT INTO cluster_events AS e (cluster, uid, namespace, type, reason, message, object_kind, object_name, count,
      first_seen_at, last_seen_at)
    SELECT * FROM unnest(${column(told, ({ cluster }) => cluster)}::text[],
      ${column(told, ({ record }) => record.uid)}::text[],
      ${column(told, ({ record }) => record.namespace ?? '')}::text[],
      ${column(told, ({ record }) => record.type)}::text[], ${column(told, ({ record }) => record.reason)}::text[],
      ${column(told, ({ record }) => record.message)}::text[],
      ${column(told, ({ record }) => record.object.kind)}::text[],
      ${column(told, ({ record }) => record.object.name)}::text[],
      ${told.map(({ record }) => record.count)}::bigint[], ${time((record) => record.firstSeenAt)}::timestamptz[],
      ${time((record) => record.lastSeenAt)}::timestamptz[])
    ORDER BY 1, 2
    ON CONFLICT (cluster, uid) DO UPDATE SET
      count = greatest(e.count, excluded.count), message = excluded.message,
      last_seen_at = greatest(e.last_seen_at, excluded.last_seen_at)`.execute(db);
}
