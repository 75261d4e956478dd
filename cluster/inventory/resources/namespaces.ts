// Namespaces: their labels say which pods the API server admits in them.
import type { ObjectFacts } from '@yagura/contracts';
import { at, defined, labels, text } from './outside-value.ts';
import type { Resource } from './resource.ts';

export const namespaces: Resource = {
  name: 'namespaces',
  group: '',
  version: 'v1',
  facts: (object) =>
    defined<ObjectFacts>({
      labels: labels(at(object, 'metadata', 'labels')),
      phase: text(at(object, 'status', 'phase'), 64),
    }),
};
