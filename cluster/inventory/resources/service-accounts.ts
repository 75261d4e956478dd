// Service accounts: who pods are.
import type { ObjectFacts } from '@yagura/contracts';
import { at, defined, labels } from './outside-value.ts';
import type { Resource } from './resource.ts';

export const serviceAccounts: Resource = {
  name: 'serviceaccounts',
  group: '',
  version: 'v1',
  facts: (object) =>
    defined<ObjectFacts>({
      labels: labels(at(object, 'metadata', 'labels')),
      security: at(object, 'automountServiceAccountToken') === false ? ['noTokenMount'] : undefined,
    }),
};
