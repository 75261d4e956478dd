// What the endurance test stands on: an API server with both ways of audit, a hub, and every other part supervised.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cluster, type KubeObject, simulateNodes, startCluster } from '../cluster/index.ts';
import { makeCgroup } from '../installation/cgroup.ts';
import { type AgentWish, ConnectAgent } from '../installation/connect-agent.ts';
import { Installation } from '../installation/installation.ts';
import type { ProgramOptions } from '../installation/program.ts';
import { makeNamespace } from './numbered-requests.ts';
import { Supervised } from './supervised.ts';

const policyFile = fileURLToPath(new URL('../../deploy/audit-policy.yaml', import.meta.url));
const rolesFile = fileURLToPath(new URL('../../docs/reference/rbac.json', import.meta.url));
const rules = [fileURLToPath(new URL('../rules/', import.meta.url))];
const inventoryUser = 'system:serviceaccount:yagura:yagura-inventory';
/** Of the sensor's scope, so that it sees nothing else of this machine. */
/** Each run its own: another one's processes would be counted too. */
const groupName = `yagura-endure-${process.pid}`;

export interface Ground extends AsyncDisposable {
  readonly cluster: Cluster;
  readonly installation: Installation;
  readonly auditFolder: string;
  /** Folders of the control group that the sensor watches. */
  readonly groupFolders: readonly string[];
  readonly parts: Readonly<Record<'publisher' | 'collector' | 'inventory' | 'connect', Supervised>>;
}

export async function layGround(pods: number): Promise<Ground> {
  await using stack = new AsyncDisposableStack();
  const group = stack.use(await makeCgroup(groupName));
  const { cluster, installation } = await startHubAndCluster(stack);
  await simulateNodes(cluster.api, { nodes: 20, pods });
  await makeNamespace(cluster.api);
  const connect = stack.use(await prepareConnect(cluster, installation));
  const supervise = (name: string, program: ProgramOptions): Supervised =>
    stack.use(new Supervised(name, program));
  const parts = {
    publisher: supervise('publisher', installation.publisher),
    collector: supervise('collector', collectorOf(installation)),
    inventory: supervise('inventory', await inventoryOf(cluster, installation)),
    connect: supervise('connect', connect.program),
  };
  const all = stack.move();
  return {
    ...{ cluster, installation, parts, groupFolders: group.folders },
    auditFolder: dirname(cluster.paths.auditLog),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** The hub comes first: its address stands in the API server's webhook. It outlives the cluster, which sends to it. */
async function startHubAndCluster(
  stack: AsyncDisposableStack,
): Promise<{ readonly cluster: Cluster; readonly installation: Installation }> {
  let installation: Installation | undefined;
  const cluster = await startCluster({
    nodes: 'simulated',
    audit: async ({ paths, network }) => {
      const hubArgs = ['--audit-file', paths.auditLog, '--audit-cluster', 'by-file'];
      const address = network.hostAddress;
      installation = stack.use(
        await Installation.start({ rules, cluster: 'prod', address, hubArgs, hubOnly: true }),
      );
      const kubeconfigFile = paths.of('audit-webhook.kubeconfig');
      const kubeconfig = await installation.hub.addCluster('prod', installation.agentsUrl);
      await writeFile(kubeconfigFile, kubeconfig, { mode: 0o600 });
      return { policyFile, file: { path: paths.auditLog, maxBackups: 50 }, webhook: { kubeconfigFile } };
    },
  });
  stack.use(cluster);
  if (installation === undefined) throw new Error('the hub did not start');
  return { cluster, installation };
}

const collectorOf = ({ socketPath, folder }: Installation): ProgramOptions => ({
  main: 'sensor/collector/main.ts',
  args: ['--socket', socketPath, '--scope', `cgroup:/${groupName}`, '--report-every-ms', '1000'],
  logFile: join(folder, 'collector.log'),
});

async function inventoryOf(cluster: Cluster, { socketPath, folder }: Installation): Promise<ProgramOptions> {
  const { items } = JSON.parse(await readFile(rolesFile, 'utf8')) as { items: KubeObject[] };
  await cluster.apply(items.filter(({ metadata }) => metadata.name === 'yagura-inventory'));
  const binding = ['inventory', '--clusterrole=yagura-inventory', `--user=${inventoryUser}`];
  await cluster.kubectl(['create', 'clusterrolebinding', ...binding]);
  const kubeconfig = await cluster.kubeconfigFor({ user: inventoryUser, groups: ['system:authenticated'] });
  return {
    main: 'cluster/inventory/main.ts',
    args: [
      ...['--socket', socketPath, '--kubeconfig', kubeconfig],
      ...['--state', join(folder, 'inventory'), '--report-every-ms', '1000'],
    ],
    logFile: join(folder, 'inventory.log'),
  };
}

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string };
  }[];
}

async function prepareConnect(cluster: Cluster, { hub }: Installation): Promise<ConnectAgent> {
  const made = await hub.post<Omit<AgentWish, 'cluster'>>('/api/v1/clusters/prod/connection', {});
  const config = JSON.parse(await readFile(cluster.kubeconfigFile, 'utf8')) as Kubeconfig;
  const [first] = config.clusters;
  await cluster.kubectl(['create', 'serviceaccount', 'yagura-connect']);
  return ConnectAgent.prepare({
    ...made,
    cluster: 'prod',
    apiServer: {
      url: first?.cluster.server ?? '',
      authority: Buffer.from(first?.cluster['certificate-authority-data'] ?? '', 'base64').toString(),
      token: (await cluster.kubectl(['create', 'token', 'yagura-connect'])).trim(),
    },
  });
}
