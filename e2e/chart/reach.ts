// What pods reach over the network, tried from their own network namespaces with real sockets.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { serviceAddress } from '../cluster/ground/network.ts';
import type { Cluster, KubeObject } from '../cluster/index.ts';
import { container } from './victim.ts';

const probe = fileURLToPath(new URL('probe.ts', import.meta.url));
const namespace = 'shop';

/** A pod beside the watched ones; it listens where a name service would. */
export const neighbour: KubeObject = {
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'neighbour', namespace } },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [{ ...container, command: ['httpd', '-f', '-p', '53'] }],
  },
};

/** Something else that listens on the hub's machine. */
async function listen(host: string): Promise<{ readonly ports: readonly number[] } & Disposable> {
  const server = createServer((socket) => socket.end());
  const socket = createSocket('udp4', (message, from) => socket.send(message, from.port, from.address));
  server.listen(0, host);
  socket.bind(0, host);
  await Promise.all([once(server, 'listening'), once(socket, 'listening')]);
  const ports = [server, socket].map((one) => (one.address() as { port: number }).port);
  return {
    ports,
    [Symbol.dispose]: () => {
      server.close();
      socket.close();
    },
  };
}

/** Name → which of the targets it reaches: one pod by container name of `watched`, and `neighbour`. */
export async function whoReachesWhat(
  cluster: Cluster,
  { hub, watched }: { readonly hub: string; readonly watched: string },
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { hostAddress, nodeAddress } = cluster.network;
  using others = await listen(hostAddress);
  const targets = {
    hub: `tcp:${new URL(hub).host}`,
    'API server by its service': `tcp:${serviceAddress}:443`,
    'API server': `tcp:${nodeAddress}:6443`,
    kubelet: `tcp:${nodeAddress}:10250`,
    "another port of the hub's machine": `tcp:${hostAddress}:${others.ports[0]}`,
    'the same by UDP': `udp:${hostAddress}:${others.ports[1]}`,
    'a name service': `tcp:${await addressOfNeighbour(cluster)}:53`,
  };
  const networks = [...(await networksOf(cluster, watched)), ...(await networksOf(cluster, namespace))];
  const rows = networks.map(async ({ name, pid }) => {
    const args = [`--net=/proc/${pid}/ns/net`, '--', process.execPath, probe, ...Object.values(targets)];
    const reached = JSON.parse(await cluster.runInside('nsenter', args)) as readonly boolean[];
    return [name, Object.keys(targets).filter((_, index) => reached[index])] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}

const addressOfNeighbour = (cluster: Cluster): Promise<string> =>
  cluster.kubectl(['get', 'pod', 'neighbour', '-n', namespace, '-o', 'jsonpath={.status.podIP}']);

interface Pods {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly status: {
      readonly containerStatuses: readonly { readonly name: string; readonly containerID: string }[];
    };
  }[];
}

interface Network {
  readonly name: string;
  /** Of a process in it. */
  readonly pid: string;
}

/** Of every pod of a namespace, named after its container, or after itself where that is the tests' own. */
async function networksOf(cluster: Cluster, of: string): Promise<readonly Network[]> {
  const { items } = await cluster.api.call<Pods>(`/api/v1/namespaces/${of}/pods`);
  const tasks = await cluster.runInside('ctr', ['--namespace', 'k8s.io', 'tasks', 'list']);
  return items.map(({ metadata, status }) => {
    const [first] = status.containerStatuses;
    const id = first?.containerID.split('//')[1] ?? '';
    const pid = new RegExp(`^${id}\\s+(\\d+)\\s`, 'm').exec(tasks)?.[1];
    if (id === '' || pid === undefined) throw new Error(`${metadata.name} does not run`);
    return { name: of === namespace ? metadata.name.replace(/-.*/, '') : (first?.name ?? ''), pid };
  });
}
