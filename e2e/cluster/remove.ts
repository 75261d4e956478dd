// Takes a cluster away, whole or broken off: its processes, and with them its namespaces, mounts and links; its groups; its folder.
import { rm } from 'node:fs/promises';
import { killMembers, removeControlGroups } from './ground/control-groups.ts';
import { withLock } from './ground/lock.ts';
import { removeNodeFolders } from './ground/node-folders.ts';
import { clusterPaths } from './ground/paths.ts';
import { run } from './ground/run.ts';
import { clusterNames, orphanedClusters, readState } from './ground/state.ts';

/** Whether there was one. A second call does no harm. */
export const removeCluster = (name: string): Promise<boolean> =>
  withLock(async () => {
    const wasThere = (await clusterNames()).includes(name);
    await removeWithinLock(name);
    return wasThere;
  });

/** Those that tests left behind when they were killed. */
export async function removeOrphans(): Promise<readonly string[]> {
  const orphans = await orphanedClusters();
  for (const name of orphans) await removeCluster(name);
  return orphans;
}

async function removeWithinLock(name: string): Promise<void> {
  const paths = clusterPaths(name);
  const state = await readState(paths);
  await killMembers(name);
  await removeControlGroups(name);
  // The kernel takes the link away with the namespace, but in its own time.
  if (state !== undefined) await run('ip', ['link', 'delete', state.network.link]).catch(() => undefined);
  await rm(paths.folder, { recursive: true, force: true });
  if ((await clusterNames()).length === 0) await removeNodeFolders();
}
