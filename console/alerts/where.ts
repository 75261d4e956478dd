// Where an alert happened, in two short lines: the thing, and the place that it is in.
import type { Entities } from '@yagura/contracts';

export interface Where {
  readonly thing: string;
  readonly place: string;
}

const known = (parts: readonly (string | undefined)[]): string[] =>
  parts.filter((part) => part !== undefined && part !== '') as string[];

export function whereOf(entities: Entities): Where {
  const { pod, resource, container, user, node, cluster, namespace } = entities;
  const shortContainer =
    container !== undefined && /^[0-9a-f]{64}$/.test(container) ? container.slice(0, 12) : container;
  const [thing = '–', ...others] = known([pod, resource, shortContainer, node, user]);
  const place = known([cluster, namespace, node === thing ? undefined : node]);
  return { thing, place: place.length > 0 ? place.join(' / ') : (others[0] ?? '') };
}
