// Fields of the event itself.
import type { Event, EventKind } from '@yagura/contracts';
import { anyField, type Field, nodeField } from './field.ts';

/** What Falco calls each kind of event. */
export const eventTypes: Readonly<Record<EventKind, string>> = {
  'process.started': 'execve',
  'process.exited': 'procexit',
  'api.requested': 'pluginevent',
};

export const eventKinds = Object.keys(eventTypes) as readonly EventKind[];

/** Other names in Falco for what is one kind of event here. */
export const eventTypeAliases: Readonly<Record<string, string>> = { execveat: 'execve' };

const asSource = (event: Event): string => (event.kind === 'api.requested' ? 'k8s_audit' : 'syscall');

export const evtFields: readonly Field[] = [
  anyField({
    name: 'evt.type',
    description: 'Type of the event in the words of Falco: execve, procexit, pluginevent',
    example: 'execve',
    read: (e) => eventTypes[e.kind],
  }),
  anyField({
    name: 'evt.kind',
    description: "Kind of the event in Yagura's words",
    example: 'process.started',
    read: (e) => e.kind,
  }),
  anyField({
    name: 'evt.time',
    description: 'When it happened, RFC 3339',
    example: '2026-05-04T10:00:00.000Z',
    read: (e) => e.time,
  }),
  anyField({
    name: 'evt.datetime',
    description: 'As evt.time',
    example: '2026-05-04T10:00:00.000Z',
    read: (e) => e.time,
  }),
  anyField({
    name: 'evt.id',
    description: 'Unique id of the event',
    example: 'node-1/1714/42',
    read: (e) => e.id,
  }),
  anyField({ name: 'evt.source', description: 'syscall or k8s_audit', example: 'syscall', read: asSource }),
  anyField({
    name: 'evt.cluster',
    description: 'Cluster that the event came from',
    example: 'prod-eu',
    read: (e) => e.cluster,
  }),
  nodeField({
    name: 'evt.hostname',
    description: 'Node that the event came from',
    example: 'node-1',
    read: (e) => e.node,
  }),
  nodeField({
    name: 'evt.dir',
    description: 'Always `<`: events are reported when they are done',
    example: '<',
    read: () => '<',
  }),
];
