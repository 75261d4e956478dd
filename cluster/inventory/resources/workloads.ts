// What makes pods: deployments and the like, by the pods that they would make.
import type { ObjectFacts } from '@yagura/contracts';
import { at, defined, integer, labels, type Outside } from './outside-value.ts';
import { podSpecFacts, workloadOf } from './pod-facts.ts';
import type { Resource } from './resource.ts';

const workload = (name: string, group: string, template: readonly string[]): Resource => ({
  name,
  group,
  version: 'v1',
  facts: (object: Outside) => ({
    ...podSpecFacts(at(object, ...template, 'spec')),
    ...defined<ObjectFacts>({
      labels: labels(at(object, 'metadata', 'labels')),
      workload: workloadOf(object),
      replicas: integer(at(object, 'spec', 'replicas')),
    }),
  }),
});

export const deployments: Resource = workload('deployments', 'apps', ['spec', 'template']);
export const daemonSets: Resource = workload('daemonsets', 'apps', ['spec', 'template']);
export const statefulSets: Resource = workload('statefulsets', 'apps', ['spec', 'template']);
export const jobs: Resource = workload('jobs', 'batch', ['spec', 'template']);
export const cronJobs: Resource = workload('cronjobs', 'batch', ['spec', 'jobTemplate', 'spec', 'template']);
