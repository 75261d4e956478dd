// Fields of the pod that owns a process's container.
import { type Field, nodeField } from './field.ts';

export const k8sFields: readonly Field[] = [
  nodeField({
    name: 'k8s.pod.name',
    description: 'Name of the pod',
    example: 'web-7998647bdf-phvq7',
    read: (e) => e.pod?.name,
  }),
  nodeField({
    name: 'k8s.ns.name',
    description: 'Namespace of the pod',
    example: 'shop',
    read: (e) => e.pod?.namespace,
  }),
  nodeField({
    name: 'k8s.pod.uid',
    description: 'UID of the pod',
    example: '8c845395-d85f-11e8-88b6-080027728ac4',
    read: (e) => e.pod?.uid,
  }),
  nodeField({
    name: 'k8s.pod.label',
    argument: { kind: 'key', isRequired: true, isDotted: true },
    description: 'Value of a label of the pod',
    example: 'k8s.pod.label[app] = web',
    read: (e, key) =>
      key !== undefined && e.pod?.labels !== undefined && Object.hasOwn(e.pod.labels, key)
        ? e.pod.labels[key]
        : undefined,
  }),
  nodeField({
    name: 'k8s.pod.labels',
    description: 'All labels of the pod',
    example: 'app:web, tier:front',
    read: (e) =>
      e.pod?.labels === undefined
        ? undefined
        : Object.entries(e.pod.labels)
            .map(([key, value]) => `${key}:${value}`)
            .join(', '),
  }),
  nodeField({
    name: 'k8s.pod.id',
    description: 'As k8s.pod.uid (older name)',
    example: '8c845395-d85f-11e8-88b6-080027728ac4',
    read: (e) => e.pod?.uid,
  }),
];
