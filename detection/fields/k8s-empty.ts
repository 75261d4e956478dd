// Falco's fields of Kubernetes objects around a process that no event here has: of the container, and of the plugin k8smeta.
import { type EmptyRow, emptyFields, type Field } from './field.ts';

const key = { kind: 'key', isRequired: true, isDotted: true } as const;

const podRows: readonly EmptyRow[] = [
  ['k8s.pod.sandbox_id', 'text', 'First 12 digits of the id of the sandbox', '63060edc2d3a'],
  ['k8s.pod.full_sandbox_id', 'text', 'Whole id of the sandbox', '63060edc2d3aa803…'],
  ['k8s.pod.ip', 'text', 'Address of the pod', '10.42.0.7'],
  ['k8s.pod.cni.json', 'text', 'Network interfaces of the pod as JSON', '{"eth0":{}}'],
];

/** Objects that Falco once knew by itself, and those that its plugin knows today. */
const older = { rc: 'replication controller', svc: 'service', rs: 'replica set', deployment: 'deployment' };
const today = { pod: 'pod', ns: 'namespace', ...older };

const rowsOf = (prefix: string, what: string, id: string): readonly EmptyRow[] => [
  [`${prefix}.name`, 'text', `Name of the ${what}`, 'web'],
  [`${prefix}.${id}`, 'text', `UID of the ${what}`, '8c845395-d85f-11e8-88b6-080027728ac4'],
  [`${prefix}.label`, 'text', `One label of the ${what}`, `${prefix}.label[app] = web`, key],
  [`${prefix}.labels`, 'text', `All labels of the ${what}`, 'app:web'],
];

const olderRows: readonly EmptyRow[] = [
  ...Object.entries(older).flatMap(([name, what]) => rowsOf(`k8s.${name}`, what, 'id')),
  ...rowsOf('k8s.ns', 'namespace', 'id').slice(1),
];

const pluginRows: readonly EmptyRow[] = [
  ...Object.entries(today).flatMap(([name, what]) => rowsOf(`k8smeta.${name}`, what, 'uid')),
  ['k8smeta.pod.ip', 'text', 'Address of the pod', '10.42.0.7'],
];

export const emptyK8sFields: readonly Field[] = emptyFields('syscall', [
  ...podRows,
  ...olderRows,
  ...pluginRows,
]);
