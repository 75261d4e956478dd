// Starts a cluster: namespaces and groups, certificates, control plane, and the node where a real one is wanted.
import { mkdir, statfs } from 'node:fs/promises';
import { Cluster, settingOf } from './cluster.ts';
import { makeControlGroups } from './ground/control-groups.ts';
import { startHolder } from './ground/holder.ts';
import { withLock } from './ground/lock.ts';
import { type ClusterNetwork, makeNetwork } from './ground/network.ts';
import { makeNodeFolders } from './ground/node-folders.ts';
import { startPart } from './ground/part.ts';
import { type ClusterPaths, clusterPaths } from './ground/paths.ts';
import { identify, isRunning } from './ground/process-identity.ts';
import { waitForPart } from './ground/ready.ts';
import {
  type ClusterState,
  readOwner,
  readState,
  removeOwner,
  writeOwner,
  writeState,
} from './ground/state.ts';
import { makeIdentities } from './identity/identities.ts';
import { writeBusyboxImage } from './images/busybox.ts';
import { writePauseImage } from './images/pause.ts';
import type { AuditOptions } from './parts/audit.ts';
import { etcd, kubeControllerManager, kubeScheduler } from './parts/control-plane.ts';
import { containerd, kubelet, kubeProxy, policyEnforcer } from './parts/node.ts';
import { ensurePrograms, type Say } from './programs/build.ts';
import { controlPlanePrograms, nodePrograms, type Program } from './programs/list.ts';
import { removeCluster, removeOrphans } from './remove.ts';
import { type Nodes, whyNoCluster, whyNoPolicies } from './requirements.ts';

export interface ClusterOptions {
  /** Up to 30 of a–z, 0–9 and -. Without one, a name that no other cluster has. */
  readonly name?: string;
  /**
   * `real`: scheduler, kubelet, containerd and kube-proxy, so that pods run. `simulated`: API server and controllers
   * only, in half the memory; nodes and pods are objects (`simulateNodes`).
   */
  readonly nodes?: Nodes;
  /** Called once the network stands and before the API server starts, which needs its webhook's address. */
  readonly audit?: (cluster: {
    readonly paths: ClusterPaths;
    readonly network: ClusterNetwork;
  }) => AuditOptions | Promise<AuditOptions>;
  readonly apiServerFlags?: readonly string[];
  /** Programs to build besides, such as `helm`. */
  readonly programs?: readonly Program[];
  /** It stays when this process ends; else the next start removes it should this process be killed. */
  readonly stays?: boolean;
  readonly say?: Say;
}

let started = 0;
const ownName = (): string => {
  started += 1;
  return `test-${process.pid}-${started}`;
};

/** The cluster is ready when it resolves: its node too. Rejects with how to mend it where this machine cannot. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const { name = ownName(), nodes = 'real', say = () => undefined } = options;
  const paths = clusterPaths(name);
  const reason = whyNoCluster(nodes);
  if (reason !== undefined) throw new Error(reason);
  const programs = [...controlPlanePrograms, ...(nodes === 'real' ? nodePrograms : [])];
  await ensurePrograms([...programs, ...(options.programs ?? [])], say);
  for (const orphan of await removeOrphans()) say(`removed ${orphan}, which a test had left behind`);
  if (await isAlive(paths))
    throw new Error(`there is a cluster ${name} already: npm run cluster:down -- --name ${name}`);
  await removeCluster(name);
  try {
    const cluster = await startParts(paths, await layGround(paths, nodes), { ...options, say });
    if (options.stays) await removeOwner(paths);
    return cluster;
  } catch (error) {
    await removeCluster(name);
    throw error;
  }
}

/** One that outlived a restart of this machine is a folder and nothing else. */
async function isAlive(paths: ClusterPaths): Promise<boolean> {
  const [state, owner] = [await readState(paths), await readOwner(paths)];
  for (const one of [state?.holder, owner]) if (one !== undefined && (await isRunning(one))) return true;
  return false;
}

const layGround = (paths: ClusterPaths, nodes: Nodes): Promise<ClusterState> =>
  withLock(async () => {
    for (const folder of [paths.folder, paths.logs, paths.pids, paths.of('home'), paths.of('images')])
      await mkdir(folder, { recursive: true, mode: 0o700 });
    const owner = await identify(process.pid);
    if (owner !== undefined) await writeOwner(paths, owner);
    const { membersFile } = await makeControlGroups(paths.name);
    const holder = await startHolder({ membersFile, binds: await makeNodeFolders(paths) });
    const state = { name: paths.name, holder, membersFile, network: await makeNetwork(holder), nodes };
    await writeState(paths, state);
    return state;
  });

async function startParts(
  paths: ClusterPaths,
  state: ClusterState,
  options: ClusterOptions & { readonly say: Say },
): Promise<Cluster> {
  const { say, apiServerFlags = [] } = options;
  await makeIdentities(paths, state.network);
  const setting = settingOf(paths, state);
  const audit = await options.audit?.({ paths, network: state.network });
  const isReal = state.nodes === 'real';
  await startPart(paths, state, etcd(setting));
  if (isReal) await startPart(paths, state, await containerd(setting, await snapshotter(paths)));
  const cluster = await Cluster.open(paths);
  say('waiting for the API server');
  await cluster.startApiServer({ flags: apiServerFlags, ...(audit === undefined ? {} : { audit }) });
  await startPart(paths, state, kubeControllerManager(setting, state.nodes));
  if (isReal) {
    await startPart(paths, state, kubeScheduler(setting));
    await loadImages(cluster);
    await startPart(paths, state, await kubelet(setting));
    await startPart(paths, state, kubeProxy(setting));
    say('waiting for the node');
    await waitForNode(cluster);
    if (whyNoPolicies() === undefined) await startPart(paths, state, policyEnforcer(setting));
  }
  await waitForController(cluster);
  return cluster;
}

const overlayMagic = 0x794c7630;

/** An overlay cannot stand on an overlay, such as the root of a container in which CI may run. */
const snapshotter = async ({ folder }: ClusterPaths): Promise<string> =>
  (await statfs(folder)).type === overlayMagic ? 'native' : 'overlayfs';

async function loadImages(cluster: Cluster): Promise<void> {
  const folder = cluster.paths.of('images');
  const files = [await writePauseImage(folder), await writeBusyboxImage(folder)];
  await waitForPart(cluster.paths, {
    part: 'containerd',
    what: 'containerd takes images',
    timeoutMs: 60_000,
    look: async () => (await cluster.runInside('ctr', ['version'])).includes('Server'),
  });
  for (const file of files) await cluster.importImageFile(file);
}

interface NodeObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

const waitForNode = (cluster: Cluster): Promise<void> =>
  waitForPart(cluster.paths, {
    part: 'kubelet',
    what: 'the node is ready',
    timeoutMs: 120_000,
    look: async () => {
      const node = await cluster.api.call<NodeObject>(`/api/v1/nodes/${cluster.nodeName}`);
      return (
        node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
      );
    },
  });

/** A pod can be made once its namespace has its service account. */
const waitForController = (cluster: Cluster): Promise<void> =>
  waitForPart(cluster.paths, {
    part: 'kube-controller-manager',
    what: 'the controllers work',
    timeoutMs: 60_000,
    look: () => cluster.api.call('/api/v1/namespaces/default/serviceaccounts/default').then(() => true),
  });
