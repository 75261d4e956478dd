// Ingresses: under which names the cluster is reachable.
import type { ObjectFacts } from '@yagura/contracts';
import { at, defined, labels, list, some, text, texts } from './outside-value.ts';
import type { Resource } from './resource.ts';

export const ingresses: Resource = {
  name: 'ingresses',
  group: 'networking.k8s.io',
  version: 'v1',
  facts: (object) =>
    defined<ObjectFacts>({
      labels: labels(at(object, 'metadata', 'labels')),
      type: text(at(object, 'spec', 'ingressClassName')),
      hosts: some(
        texts(
          list(at(object, 'spec', 'rules')).map((rule) => at(rule, 'host')),
          64,
        ),
      ),
    }),
};
