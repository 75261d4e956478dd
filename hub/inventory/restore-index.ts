// Fills the index of pods and workloads from the store when the hub starts.
import type { Database } from '../store/database.ts';
import { isIndexed, type PodIndex, workloadResources } from './pod-index.ts';

const pageRows = 5_000;

export async function restoreIndex(db: Database, index: PodIndex): Promise<void> {
  const resources = ['pods', ...workloadResources].filter(isIndexed);
  let after = { cluster: '', uid: '' };
  for (;;) {
    const rows = await db
      .selectFrom('objects')
      .select(['cluster', 'uid', 'resource', 'namespace', 'name', 'facts'])
      .where('removed_at', 'is', null)
      .where('resource', 'in', resources)
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('cluster', 'uid'), '>', tuple(after.cluster, after.uid)),
      )
      .orderBy('cluster')
      .orderBy('uid')
      .limit(pageRows)
      .execute();
    for (const row of rows) index.put(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return;
    after = { cluster: last.cluster, uid: last.uid };
  }
}
