// The few calls to the hub's API that the end-to-end tests make, as any client would make them.
import type {
  AlertPage,
  AlertQuery,
  Cluster,
  ClusterObject,
  HubStatus,
  Node,
  ObjectPage,
  ObjectQuery,
  ResourceCount,
  TrailEntry,
} from '@yagura/contracts';

export interface HubClient {
  readonly alerts: (query?: AlertQuery) => Promise<AlertPage>;
  readonly allAlerts: (query?: AlertQuery) => Promise<AlertPage['items']>;
  readonly status: () => Promise<HubStatus>;
  readonly nodes: () => Promise<readonly Node[]>;
  readonly clusters: () => Promise<readonly Cluster[]>;
  readonly inventory: (cluster: string) => Promise<readonly ResourceCount[]>;
  /** The first page. */
  readonly objects: (cluster: string, query: ObjectQuery) => Promise<readonly ClusterObject[]>;
  /** All pages. */
  readonly allObjects: (cluster: string, query: ObjectQuery) => Promise<readonly ClusterObject[]>;
  /** The kubeconfig with which an API server hands its audit log over to `server`. */
  readonly cluster: (name: string) => Promise<Cluster | undefined>;
  /** POST with a JSON body, as JSON. */
  readonly post: <T>(path: string, body: object) => Promise<T>;
  readonly trail: () => Promise<readonly TrailEntry[]>;
  readonly addCluster: (name: string, server: string) => Promise<string>;
}

export function createHubClient(url: string, token: string): HubClient {
  const get = async <T>(path: string, query: object = {}): Promise<T> => {
    const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
    const response = await fetch(`${url}${path}?${search}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const post = async <T>(path: string, body: object): Promise<T> => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const objects = (cluster: string, query: ObjectQuery): Promise<ObjectPage> =>
    get(`/api/v1/clusters/${cluster}/objects`, query);
  const alerts = (query: AlertQuery = {}): Promise<AlertPage> => get('/api/v1/alerts', query);
  return {
    alerts,
    allAlerts: async (query = {}) => {
      const items: AlertPage['items'] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await alerts({ ...query, limit: 500, ...(cursor ? { cursor } : {}) });
        items.push(...page.items);
        cursor = page.next;
        if (!cursor) return items;
      }
    },
    status: () => get('/api/v1/status'),
    clusters: async () => (await get<{ items: Cluster[] }>('/api/v1/clusters')).items,
    cluster: async (name) =>
      (await get<{ items: Cluster[] }>('/api/v1/clusters')).items.find((one) => one.name === name),
    post,
    trail: async () => (await get<{ items: TrailEntry[] }>('/api/v1/trail', { limit: 500 })).items,
    inventory: async (cluster) =>
      (await get<{ items: ResourceCount[] }>(`/api/v1/clusters/${cluster}/inventory`)).items,
    objects: async (cluster, query) => (await objects(cluster, query)).items,
    allObjects: async (cluster, query) => {
      const items: ClusterObject[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await objects(cluster, { ...query, limit: 1000, ...(cursor ? { cursor } : {}) });
        items.push(...page.items);
        cursor = page.next;
        if (!cursor) return items;
      }
    },
    addCluster: async (name, server) =>
      (await post<{ kubeconfig: string }>('/api/v1/clusters', { name, server })).kubeconfig,
    nodes: async () => (await get<{ items: Node[] }>('/api/v1/nodes')).items,
  };
}
