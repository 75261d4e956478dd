// Removes objects that are gone for long or were not told for as long (an inventory tells all anew every six hours), old Events, and Events beyond what is kept of each cluster.
import { rfc3339FromMs } from '@yagura/kit';
import { sql } from 'kysely';
import type { Database } from './database.ts';

const dayMs = 24 * 60 * 60 * 1000;
const removedDays = 30;
const eventDays = 7;
/** Of each cluster, latest first. */
const maxEvents = 20_000;

export interface RemovedInventory {
  readonly objects: number;
  readonly clusterEvents: number;
}

export async function removeOldInventory(db: Database, now: number): Promise<RemovedInventory> {
  const before = (days: number): string => rfc3339FromMs(now - days * dayMs);
  const objects = await db
    .deleteFrom('objects')
    .where(({ eb, or }) =>
      or([eb('removed_at', '<', before(removedDays)), eb('last_seen_at', '<', before(removedDays))]),
    )
    .executeTakeFirst();
  const old = await db
    .deleteFrom('cluster_events')
    .where('last_seen_at', '<', before(eventDays))
    .executeTakeFirst();
  const { numAffectedRows: over = 0n } = await sql`
    DELETE FROM cluster_events e USING (
      SELECT cluster, uid, row_number() OVER (PARTITION BY cluster ORDER BY last_seen_at DESC, uid) AS place
      FROM cluster_events) AS ranked
    WHERE ranked.place > ${maxEvents}::bigint AND e.cluster = ranked.cluster AND e.uid = ranked.uid`.execute(
    db,
  );
  return {
    objects: Number(objects.numDeletedRows),
    clusterEvents: Number(old.numDeletedRows) + Number(over),
  };
}
