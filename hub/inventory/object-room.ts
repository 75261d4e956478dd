// Bounds what is kept of each cluster's objects: beyond it only those that are known are told anew, the rest is counted.
import { type Clock, rfc3339FromMs } from '@yagura/kit';
import type { Database } from '../store/database.ts';
import { mergeLosses } from '../store/losses.ts';
import { countKept, dropGone, knownObjects } from '../store/object-room.ts';
import type { Told } from '../store/objects.ts';

export interface ObjectRoom {
  /** Those of `told` that there is room for. */
  admit<T extends Told<{ readonly uid: string }>>(told: readonly T[]): Promise<readonly T[]>;
}

export interface ObjectRoomOptions {
  readonly db: Database;
  readonly clock: Clock;
  /** Of each cluster, those that are gone included. */
  readonly maxObjects: number;
}

/** As many at once, so that a full cluster does not make room row by row. */
const dropShare = 0.05;

export function createObjectRoom({ db, clock, maxObjects }: ObjectRoomOptions): ObjectRoom {
  const since = rfc3339FromMs(clock.now());
  /** At most as many as there are kept. */
  const kept = new Map<string, number>();
  const dropped = new Map<string, number>();

  /** The true count is asked for only when the estimate, which takes every object for a new one, is over the bound. */
  const hasRoom = async (cluster: string, adding: number): Promise<boolean> => {
    const estimate = kept.get(cluster);
    let count =
      estimate !== undefined && estimate + adding <= maxObjects ? estimate : await countKept(db, cluster);
    if (count + adding > maxObjects)
      count -= await dropGone(db, cluster, adding + Math.ceil(maxObjects * dropShare));
    kept.set(cluster, count + adding);
    return count + adding <= maxObjects;
  };

  const countDropped = async (cluster: string, more: number): Promise<void> => {
    const count = (dropped.get(cluster) ?? 0) + more;
    dropped.set(cluster, count);
    const loss = { stage: 'ingest', kind: 'object.observed', reason: 'inventory full', count, since };
    await mergeLosses(db, `cluster:${cluster}`, [loss]);
  };

  const admitOf = async <T extends Told<{ readonly uid: string }>>(
    cluster: string,
    told: readonly T[],
  ): Promise<readonly T[]> => {
    if (await hasRoom(cluster, told.length)) return told;
    const uids = told.map(({ record }) => record.uid);
    const known = await knownObjects(db, cluster, uids);
    const room = Math.max(0, maxObjects - (await countKept(db, cluster)));
    const unknown = told.filter(({ record }) => !known.has(record.uid));
    const refused = new Set(unknown.slice(room));
    if (refused.size > 0) await countDropped(cluster, refused.size);
    return told.filter((one) => !refused.has(one));
  };

  return {
    async admit(told) {
      const byCluster = Map.groupBy(told, ({ cluster }) => cluster);
      const admitted = [];
      for (const [cluster, ofCluster] of byCluster) admitted.push(...(await admitOf(cluster, ofCluster)));
      return admitted;
    },
  };
}
