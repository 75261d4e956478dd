// Changes to pods of a real API server, so many a second, and whether the hub knows all of them.
import type { Cluster } from '../cluster/index.ts';
import { createApiClient } from '../cluster/objects/api-client.ts';
import type { HubClient } from '../installation/hub-client.ts';

const connections = 32;
const podsPerWorkload = 10;
/** The whole pod back would cost the API server and this process more than the change. */
const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

export interface Churn {
  readonly pods: number;
  readonly namespaces: number;
  /** [default: as many as the API server takes] */
  readonly perSecond?: number;
  /** What the label `turn` is set to. */
  readonly turn: string;
}

/** Changes each of the pods of `simulateNodes` once. Resolves with how many a second it came to. */
export async function changeAll(cluster: Cluster, churn: Churn): Promise<number> {
  using api = await createApiClient(cluster.kubeconfigFile, connections);
  const startedAt = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < churn.pods) {
      const index = next;
      next += 1;
      const dueMs = churn.perSecond === undefined ? 0 : (index / churn.perSecond) * 1000;
      const waitMs = startedAt + dueMs - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      await api.call(pathOf(index, churn), {
        method: 'PATCH',
        contentType: 'application/merge-patch+json',
        accept,
        body: { metadata: { labels: { turn: churn.turn } } },
      });
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return (churn.pods * 1000) / (performance.now() - startedAt);
}

const pathOf = (index: number, { namespaces }: Churn): string =>
  `/api/v1/namespaces/simulated-${index % namespaces}/pods/workload-${Math.floor(index / podsPerWorkload)}-${index}`;

/** Pods whose label the hub knows to be that. */
export async function countTurn(hub: HubClient, turn: string): Promise<number> {
  const known = await hub.allObjects('prod', { resource: 'pods' });
  return known.filter(({ facts }) => facts.labels?.['turn'] === turn).length;
}
