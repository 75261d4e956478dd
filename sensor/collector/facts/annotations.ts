// Container and pod facts from the annotations that a container engine gives the runtime.
import type { Container, Pod } from '@yagura/contracts';
import type { ContainerRef } from '../container-id.ts';
import type { ContainerFacts } from './container-facts.ts';

type Annotations = Readonly<Record<string, string>>;

/** Keys of containerd's CRI plugin, of CRI-O and dockershim, and of the OCI image specification. */
const keys = {
  image: [
    'io.kubernetes.cri.image-name',
    'io.kubernetes.cri-o.ImageName',
    'io.kubernetes.cri-o.Image',
    'org.opencontainers.image.ref.name',
  ],
  containerName: [
    'io.kubernetes.cri.container-name',
    'io.kubernetes.container.name',
    'io.kubernetes.cri-o.Name',
  ],
  podName: ['io.kubernetes.cri.sandbox-name', 'io.kubernetes.pod.name'],
  podNamespace: ['io.kubernetes.cri.sandbox-namespace', 'io.kubernetes.pod.namespace'],
  podUid: ['io.kubernetes.cri.sandbox-uid', 'io.kubernetes.pod.uid'],
} as const;

function first(annotations: Annotations, names: readonly string[], maxLength: number): string | undefined {
  const found = names.map((name) => annotations[name]).find((value) => value);
  return found?.slice(0, maxLength);
}

export function factsFromAnnotations(ref: ContainerRef, annotations: Annotations): ContainerFacts {
  const name = first(annotations, keys.containerName, 256);
  const image = first(annotations, keys.image, 1024);
  const container: Container = {
    id: ref.id,
    ...(name ? { name } : {}),
    ...(image ? { image } : {}),
    ...(ref.runtime ? { runtime: ref.runtime } : {}),
  };
  const pod = podOf(ref, annotations);
  return pod ? { container, pod } : { container };
}

function podOf(ref: ContainerRef, annotations: Annotations): Pod | undefined {
  const name = first(annotations, keys.podName, 253);
  const namespace = first(annotations, keys.podNamespace, 253);
  if (!name || !namespace) return undefined;
  const uid = first(annotations, keys.podUid, 64) ?? ref.podUid;
  return { name, namespace, ...(uid ? { uid } : {}) };
}
