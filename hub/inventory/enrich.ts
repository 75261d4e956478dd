// Fills in what an alert's event did not say of its pod: workload, image and node, from what the inventory knows.
import type { Entities } from '@yagura/contracts';
import type { KnownObject, PodIndex } from './pod-index.ts';

/** Called for alerts only, never for each event. What the event says itself stands, but for a guessed workload. */
export function enrichEntities(entities: Entities, index: Pick<PodIndex, 'pod' | 'workload'>): Entities {
  const { cluster, namespace, pod, workload } = entities;
  if (cluster === undefined || namespace === undefined) return entities;
  if (pod !== undefined) {
    const known = index.pod(cluster, namespace, pod);
    // Of a pod that belongs to nobody the name is a guess just as good.
    if (known !== undefined)
      return fill(known.workload === undefined ? entities : { ...entities, workload: known.workload }, known);
  }
  const owner = workload === undefined ? undefined : index.workload(cluster, namespace, workload);
  return owner === undefined ? entities : fill(entities, owner);
}

function fill(entities: Entities, { node, images }: KnownObject): Entities {
  const image = entities.image ?? imageOf(images, entities.container);
  return {
    ...entities,
    ...(entities.node === undefined && node !== undefined ? { node } : {}),
    ...(image === undefined ? {} : { image }),
  };
}

const imageOf = (images: KnownObject['images'], container: string | undefined): string | undefined =>
  (images.find(([name]) => name === container) ?? images[0])?.[1];
