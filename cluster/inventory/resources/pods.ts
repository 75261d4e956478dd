// Pods: what runs where, of which workload, and what it may do.
import type { ObjectFacts } from '@yagura/contracts';
import { at, defined, labels, text } from './outside-value.ts';
import { podSpecFacts, workloadOf } from './pod-facts.ts';
import type { Resource } from './resource.ts';

export const pods: Resource = {
  name: 'pods',
  group: '',
  version: 'v1',
  facts: (object) => ({
    ...podSpecFacts(at(object, 'spec'), at(object, 'status')),
    ...defined<ObjectFacts>({
      labels: labels(at(object, 'metadata', 'labels')),
      workload: workloadOf(object),
      node: text(at(object, 'spec', 'nodeName')),
      phase: text(at(object, 'status', 'phase'), 64),
    }),
  }),
};
