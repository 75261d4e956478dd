// Fields of the event itself.
import type { Event, EventKind, NodeEvent } from '@yagura/contracts';
import { fractionOf, rawTime, secondsOf, wholeSecond } from './event-clock.ts';
import { anyField, type Field, nodeField } from './field.ts';

/** What Falco calls each kind of event. */
export const eventTypes: Readonly<Record<EventKind, string>> = {
  'process.started': 'execve',
  'process.exited': 'procexit',
  'file.opened': 'openat',
  'api.requested': 'pluginevent',
};

export const eventKinds = Object.keys(eventTypes) as readonly EventKind[];

/** Other names in Falco for what is one kind of event here. */
export const eventTypeAliases: Readonly<Record<string, string>> = {
  execveat: 'execve',
  open: 'openat',
  openat2: 'openat',
  open_by_handle_at: 'openat',
  creat: 'openat',
};

const asSource = (event: Event): string => (event.kind === 'api.requested' ? 'k8s_audit' : 'syscall');

const written = ['evt.time', 'evt.time.iso8601', 'evt.datetime'].map((name) =>
  anyField({
    name,
    description: 'When it happened, RFC 3339',
    example: '2026-05-04T10:00:00.000Z',
    read: (e) => e.time,
  }),
);

const toTheSecond = ['evt.time.s', 'evt.datetime.s'].map((name) =>
  anyField({
    name,
    description: 'When it happened, without fractions of a second',
    example: '2026-05-04T10:00:00Z',
    read: (e) => wholeSecond(e.time),
  }),
);

const counted: readonly Field[] = [
  anyField({
    name: 'evt.rawtime',
    type: 'number',
    description: 'Nanoseconds since 1970, to the nearest that a number can hold',
    example: '1777888800000000000',
    read: (e) => rawTime(e.time),
  }),
  anyField({
    name: 'evt.rawtime.s',
    type: 'number',
    description: 'Seconds since 1970',
    example: '1777888800',
    read: (e) => secondsOf(e.time),
  }),
  anyField({
    name: 'evt.rawtime.ns',
    type: 'number',
    description: 'Nanoseconds of the second',
    example: '123456789',
    read: (e) => fractionOf(e.time),
  }),
  // Falco's macros for always and never are `evt.num >= 0` and `evt.num = 0`.
  ...['evt.num', 'evt.count', 'evt.count.exit'].map((name) =>
    anyField({
      name,
      type: 'number',
      description: 'Always 1: events have no number here',
      example: '1',
      read: () => 1,
    }),
  ),
];

/** Events tell of what was done: a call that failed makes none. */
const outcome: readonly Field[] = [
  nodeField({ name: 'evt.res', description: 'Always SUCCESS', example: 'SUCCESS', read: () => 'SUCCESS' }),
  nodeField({ name: 'evt.rawres', type: 'number', description: 'Always 0', example: '0', read: () => 0 }),
  nodeField({
    name: 'evt.failed',
    type: 'boolean',
    description: 'Always false: what failed makes no event',
    example: 'false',
    read: () => false,
  }),
];

function systemCall(event: NodeEvent): string | undefined {
  if (event.kind === 'file.opened') return event.file.call;
  return event.kind === 'process.started' ? eventTypes[event.kind] : undefined;
}

const kind: readonly Field[] = [
  nodeField({
    name: 'evt.type.is',
    type: 'number',
    argument: { kind: 'key', isRequired: true, isDotted: true },
    description: '1 when the event is of this type, else 0',
    example: 'evt.type.is.execve = 1',
    read: (e, type = '') => (eventTypes[e.kind] === (eventTypeAliases[type] ?? type) ? 1 : 0),
  }),
  nodeField({
    name: 'syscall.type',
    kinds: ['process.started', 'file.opened'],
    description: 'The system call: execve, open, openat, openat2, creat, open_by_handle_at, io_uring',
    example: 'openat2',
    read: systemCall,
  }),
  nodeField({
    name: 'evt.category',
    description: 'What the event is about',
    example: 'process',
    read: (e) => (e.kind === 'file.opened' ? 'file' : 'process'),
  }),
];

export const evtFields: readonly Field[] = [
  anyField({
    name: 'evt.type',
    description:
      'Type of the event in the words of Falco: execve, procexit, openat (for each way to open a file), pluginevent',
    example: 'execve',
    read: (e) => eventTypes[e.kind],
  }),
  anyField({
    name: 'evt.kind',
    description: "Kind of the event in Yagura's words",
    example: 'process.started',
    read: (e) => e.kind,
  }),
  ...written,
  ...toTheSecond,
  ...counted,
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
  ...kind,
  ...outcome,
];
