// Network policies: which pods they cover, and in which directions.
import type { ObjectFacts } from '@yagura/contracts';
import { at, defined, labels, some, texts } from './outside-value.ts';
import type { Resource } from './resource.ts';

export const networkPolicies: Resource = {
  name: 'networkpolicies',
  group: 'networking.k8s.io',
  version: 'v1',
  facts: (object) =>
    defined<ObjectFacts>({
      labels: labels(at(object, 'metadata', 'labels')),
      selector: labels(at(object, 'spec', 'podSelector', 'matchLabels')),
      policyTypes: some(texts(at(object, 'spec', 'policyTypes'), 2, 16)),
    }),
};
