// Where a cluster of this machine keeps what it needs: one folder a cluster, below one folder for all.
import { join } from 'node:path';

/** Fixed, so that `down` of any checkout finds what `up` of another one started. */
export const clustersFolder = '/var/lib/yagura-cluster';

const validName = /^[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?$/;

export interface ClusterPaths {
  readonly name: string;
  readonly folder: string;
  readonly state: string;
  readonly logs: string;
  readonly pids: string;
  readonly identity: string;
  readonly kubeconfig: string;
  /** Of containerd, as it is reached from outside the cluster's mount namespace. */
  readonly containerSocket: string;
  /** The API server's audit log, where one was asked for. */
  readonly auditLog: string;
  readonly of: (...parts: readonly string[]) => string;
}

/** Throws when `name` could not be a host name and a folder. */
export function clusterPaths(name: string): ClusterPaths {
  if (!validName.test(name))
    throw new Error(`${JSON.stringify(name)} is no name for a cluster: up to 30 of a–z, 0–9 and -`);
  const folder = join(clustersFolder, name);
  const of = (...parts: readonly string[]): string => join(folder, ...parts);
  return {
    name,
    folder,
    state: of('state.json'),
    logs: of('logs'),
    pids: of('pids'),
    identity: of('identity'),
    kubeconfig: of('kubeconfig'),
    containerSocket: of('node/run-containerd/containerd.sock'),
    auditLog: of('audit/audit.log'),
    of,
  };
}
