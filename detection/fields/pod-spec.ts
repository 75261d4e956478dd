// Reaches into the pod that a request brings: its spec, containers and volumes.
import { posix } from 'node:path';
import type { ApiRequested } from '@yagura/contracts';
import { inside, listOf, readEach, text } from './outside-value.ts';
import { rememberLast } from './remember-last.ts';
import { writtenValue } from './written-value.ts';

const targetOf = (event: ApiRequested) => inside(inside(event.request)?.objectRef);

/** Only of pods: what a Deployment or a Job brings is judged when its pods are created, so that it alerts once. */
export const podSpec: (event: ApiRequested) => unknown = rememberLast((event: ApiRequested) =>
  targetOf(event)?.resource === 'pods' ? writtenValue(event, 'spec') : undefined,
);

/** Containers, init containers and ephemeral ones; of a request that only adds ephemeral ones, those alone. */
export const containersOf: (event: ApiRequested) => readonly unknown[] = rememberLast(
  (event: ApiRequested) => {
    const spec = inside(podSpec(event));
    const containers = listOf(spec?.containers);
    const initContainers = listOf(spec?.initContainers);
    const ephemeral = listOf(spec?.ephemeralContainers);
    if (targetOf(event)?.subresource === 'ephemeralcontainers') return ephemeral;
    if (initContainers.length + ephemeral.length === 0) return containers;
    return [...containers, ...initContainers, ...ephemeral];
  },
);

export const volumesOf = (event: ApiRequested): readonly unknown[] => listOf(inside(podSpec(event))?.volumes);

/** Normalised, as the kubelet would take it: `//etc/` is `/etc`. */
export function hostPathOf(volume: unknown): string | undefined {
  const path = text(inside(inside(volume)?.hostPath)?.path);
  if (path === undefined) return undefined;
  const normal = posix.normalize(path).replace(/^\/{2,}/, '/');
  return normal.length > 1 ? normal.replace(/\/$/, '') : normal;
}

export const imagesOf: (event: ApiRequested) => readonly string[] = rememberLast((event: ApiRequested) =>
  readEach(containersOf(event), (container) => text(inside(container)?.image)),
);

/** Command and arguments, joined by blanks. */
export function commandOf(container: unknown): string | undefined {
  const words = readEach(listOf(inside(container)?.command), text);
  const args = readEach(listOf(inside(container)?.args), text);
  if (words.length + args.length === 0) return undefined;
  return [...words, ...args].join(' ');
}
