// Nodes and pods that are objects only: what an API server knows of a large cluster, without anything running.
import type { ApiClient } from './api-client.ts';

export interface Simulation {
  readonly nodes: number;
  readonly pods: number;
  /** Pods are spread over that many, which are made. */
  readonly namespaces?: number;
}

const parallel = 16;
const podsPerWorkload = 10;

/** Makes them, running and ready as a kubelet would say. Meant for a cluster with `nodes: 'simulated'`. */
export async function simulateNodes(api: ApiClient, simulation: Simulation): Promise<void> {
  const { nodes, pods, namespaces = 10 } = simulation;
  await each(namespaces, (index) => makeNamespace(api, namespaceOf(index)));
  await each(nodes, (index) => makeNode(api, index));
  await each(pods, (index) =>
    makePod(api, { index, namespace: namespaceOf(index % namespaces), node: nodeOf(index % nodes) }),
  );
}

const namespaceOf = (index: number): string => `simulated-${index}`;
const nodeOf = (index: number): string => `simulated-node-${index}`;

async function each(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

async function makeNamespace(api: ApiClient, name: string): Promise<void> {
  await api.call('/api/v1/namespaces', {
    method: 'POST',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  });
  // Pods name it; the controller would make it, but a little later.
  await api
    .call(`/api/v1/namespaces/${name}/serviceaccounts`, {
      method: 'POST',
      body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } },
    })
    .catch(ignoreExisting);
}

const ignoreExisting = (error: unknown): void => {
  if (!(error instanceof Error && 'status' in error && error.status === 409)) throw error;
};

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

async function makeNode(api: ApiClient, index: number): Promise<void> {
  const name = nodeOf(index);
  const address = `100.64.${(index >> 8) & 255}.${index & 255}`;
  const resources = { cpu: '16', memory: '64Gi', pods: '1000', 'ephemeral-storage': '100Gi' };
  const labels = {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
  };
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } };
  await api.call('/api/v1/nodes', { method: 'POST', body: node });
  await patchStatus(api, `/api/v1/nodes/${name}/status`, {
    capacity: resources,
    allocatable: resources,
    addresses: [{ type: 'InternalIP', address }],
    conditions: [{ type: 'Ready', status: 'True', reason: 'Simulated', lastHeartbeatTime: now() }],
    nodeInfo: {
      architecture: 'amd64',
      bootID: name,
      containerRuntimeVersion: 'containerd://2.1.4',
      kernelVersion: '6.18.0',
      kubeProxyVersion: 'v1.35.4',
      kubeletVersion: 'v1.35.4',
      machineID: name,
      operatingSystem: 'linux',
      osImage: 'Debian GNU/Linux 12 (bookworm)',
      systemUUID: name,
    },
  });
}

interface Place {
  readonly index: number;
  readonly namespace: string;
  readonly node: string;
}

async function makePod(api: ApiClient, { index, namespace, node }: Place): Promise<void> {
  const workload = `workload-${Math.floor(index / podsPerWorkload)}`;
  const name = `${workload}-${index}`;
  const image = `registry.example/team/${workload}:1.${index % 7}`;
  const path = `/api/v1/namespaces/${namespace}/pods`;
  await api.call(path, {
    method: 'POST',
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { app: workload, 'pod-template-hash': '5d4f8c7b9' } },
      spec: {
        nodeName: node,
        containers: [
          {
            name: 'main',
            image,
            resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
          },
        ],
      },
    },
  });
  await patchStatus(api, `${path}/${name}/status`, {
    phase: 'Running',
    podIP: `10.${128 + ((index >> 16) & 63)}.${(index >> 8) & 255}.${index & 255}`,
    startTime: now(),
    conditions: [
      { type: 'Ready', status: 'True', lastTransitionTime: now() },
      { type: 'PodScheduled', status: 'True', lastTransitionTime: now() },
    ],
    containerStatuses: [
      {
        name: 'main',
        image,
        imageID: `registry.example/team/${workload}@sha256:${index.toString(16).padStart(64, '0')}`,
        containerID: `containerd://${index.toString(16).padStart(64, 'c')}`,
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: now() } },
      },
    ],
  });
}

const patchStatus = (api: ApiClient, path: string, status: object): Promise<unknown> =>
  api.call(path, {
    method: 'PATCH',
    contentType: 'application/merge-patch+json',
    body: { status },
  });
