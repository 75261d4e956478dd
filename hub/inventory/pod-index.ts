// What belongs to what, in memory: which workload a pod is of, on which node and from which images. Bounded.
import type { ObjectFacts } from '@yagura/contracts';

export interface IndexedObject {
  readonly cluster: string;
  readonly uid: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly facts: ObjectFacts;
}

export interface KnownObject {
  readonly uid: string;
  readonly workload?: string;
  readonly node?: string;
  /** Container name → image; of one container mostly. */
  readonly images: readonly (readonly [container: string, image: string])[];
}

export interface PodIndex {
  put(object: IndexedObject): void;
  /** It is known for a while longer, because alerts about it may be under way. */
  remove(object: Omit<IndexedObject, 'facts'>): void;
  pod(cluster: string, namespace: string, name: string): KnownObject | undefined;
  /** A deployment or the like, by its name alone. */
  workload(cluster: string, namespace: string, name: string): KnownObject | undefined;
  readonly size: number;
  /** Objects that found no room. */
  readonly leftOut: number;
}

export const workloadResources: ReadonlySet<string> = new Set([
  'deployments',
  'daemonsets',
  'statefulsets',
  'cronjobs',
  'jobs',
]);
export const isIndexed = (resource: string): boolean =>
  resource === 'pods' || workloadResources.has(resource);

/** Some 300 bytes each. */
const defaultMaxObjects = 200_000;
const keptRemoved = 5_000;

export function createPodIndex(maxObjects = defaultMaxObjects): PodIndex {
  const objects = new Map<string, KnownObject>();
  const removed: { readonly key: string; readonly uid: string }[] = [];
  let leftOut = 0;
  const forget = (): void => {
    const oldest = removed.shift();
    if (oldest !== undefined && objects.get(oldest.key)?.uid === oldest.uid) objects.delete(oldest.key);
  };
  return {
    put(object) {
      if (!isIndexed(object.resource)) return;
      const key = keyOf(object);
      if (!objects.has(key) && objects.size >= maxObjects) {
        forget();
        if (objects.size >= maxObjects) {
          leftOut += 1;
          return;
        }
      }
      objects.set(key, toKnown(object));
    },
    remove(object) {
      if (!isIndexed(object.resource)) return;
      removed.push({ key: keyOf(object), uid: object.uid });
      if (removed.length > keptRemoved) forget();
    },
    pod: (cluster, namespace, name) => objects.get(join('pod', cluster, namespace, name)),
    workload: (cluster, namespace, name) => objects.get(join('workload', cluster, namespace, name)),
    get size() {
      return objects.size;
    },
    get leftOut() {
      return leftOut;
    },
  };
}

/** None of the names may hold a slash but the cluster's, which comes last. */
const join = (what: 'pod' | 'workload', cluster: string, namespace: string, name: string): string =>
  `${what}/${namespace}/${name}/${cluster}`;

const keyOf = ({ cluster, resource, namespace, name }: Omit<IndexedObject, 'facts'>): string =>
  join(resource === 'pods' ? 'pod' : 'workload', cluster, namespace, name);

const toKnown = ({ uid, facts: { workload, node, containers = [] } }: IndexedObject): KnownObject => ({
  uid,
  ...(workload === undefined ? {} : { workload: workload.name }),
  ...(node === undefined ? {} : { node }),
  images: containers.map(({ name, image }) => [name, image] as const),
});
