// Secrets and config maps: that they are there, never what is in them.
import type { ObjectFacts } from '@yagura/contracts';
import { at, defined, labels } from './outside-value.ts';
import type { Resource } from './resource.ts';

const metadataOf = (name: string): Resource => ({
  name,
  group: '',
  version: 'v1',
  metadataOnly: true,
  facts: (object) => defined<ObjectFacts>({ labels: labels(at(object, 'metadata', 'labels')) }),
});

export const secrets: Resource = metadataOf('secrets');
export const configMaps: Resource = metadataOf('configmaps');
