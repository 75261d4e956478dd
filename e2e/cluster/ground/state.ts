// What is written down of a cluster, so that another process can find, use and remove it.
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { ClusterNetwork } from './network.ts';
import { type ClusterPaths, clusterPaths, clustersFolder } from './paths.ts';
import { isRunning, type ProcessIdentity } from './process-identity.ts';

export interface ClusterState {
  readonly name: string;
  readonly holder: ProcessIdentity;
  readonly membersFile: string;
  readonly network: ClusterNetwork;
  readonly nodes: 'real' | 'simulated';
}

export async function writeState(paths: ClusterPaths, state: ClusterState): Promise<void> {
  const temporary = `${paths.state}.new`;
  await writeFile(temporary, JSON.stringify(state, undefined, 2), { mode: 0o600 });
  await rename(temporary, paths.state);
}

/** `undefined` when there is none, or one that was broken off before it was written down. */
export async function readState(paths: ClusterPaths): Promise<ClusterState | undefined> {
  const text = await readFile(paths.state, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as ClusterState);
}

/** Names of all clusters, whole or not. */
export async function clusterNames(): Promise<readonly string[]> {
  const entries = await readdir(clustersFolder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/** Those whose owner has ended without removing them. */
export async function orphanedClusters(): Promise<readonly string[]> {
  const orphans: string[] = [];
  for (const name of await clusterNames()) {
    const owner = await readOwner(clusterPaths(name));
    if (owner !== undefined && !(await isRunning(owner))) orphans.push(name);
  }
  return orphans;
}

/** The process without which nobody would remove the cluster: a test, or an `up` that is under way. */
export const writeOwner = (paths: ClusterPaths, owner: ProcessIdentity): Promise<void> =>
  writeFile(paths.of('owner.json'), JSON.stringify(owner), { mode: 0o600 });

export async function readOwner(paths: ClusterPaths): Promise<ProcessIdentity | undefined> {
  const text = await readFile(paths.of('owner.json'), 'utf8').catch(() => '');
  return text === '' ? undefined : (JSON.parse(text) as ProcessIdentity);
}

/** The cluster stays when the process that started it ends. */
export const removeOwner = (paths: ClusterPaths): Promise<void> =>
  rm(paths.of('owner.json'), { force: true });
