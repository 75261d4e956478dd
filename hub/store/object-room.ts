// How many objects are kept of a cluster, and room for more: those that are gone make way first, the oldest of them.
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { storableText } from './storable.ts';

export async function countKept(db: Database, cluster: string): Promise<number> {
  const row = await db
    .selectFrom('objects')
    .select(({ fn }) => fn.countAll<number>().as('kept'))
    .where('cluster', '=', storableText(cluster))
    .executeTakeFirstOrThrow();
  return row.kept;
}

/** Up to `count`; resolves with how many there were. */
export async function dropGone(db: Database, cluster: string, count: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM objects o USING (
      SELECT cluster, uid FROM objects WHERE cluster = ${storableText(cluster)} AND removed_at IS NOT NULL
      ORDER BY removed_at LIMIT ${count}::bigint) AS oldest
    WHERE o.cluster = oldest.cluster AND o.uid = oldest.uid`.execute(db);
  return Number(numAffectedRows);
}

/** Which of these are known. */
export async function knownObjects(
  db: Database,
  cluster: string,
  uids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('objects')
    .select('uid')
    .where('cluster', '=', storableText(cluster))
    .where('uid', 'in', uids.map(storableText))
    .execute();
  return new Set(rows.map(({ uid }) => uid));
}
