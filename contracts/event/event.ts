// The union of all events: one NDJSON line is one of these, on the wire, in files and in tests.
import Type from 'typebox';
import { ApiRequested } from './audit.ts';
import { FileOpened } from './file.ts';
import { ProcessExited, ProcessStarted } from './process.ts';

export const Event = Type.Union([ProcessStarted, ProcessExited, FileOpened, ApiRequested]);
/** What happens on a node. */
export type NodeEvent = ProcessStarted | ProcessExited | FileOpened;
export type Event = NodeEvent | ApiRequested;
export type EventKind = Event['kind'];

/** Schema of each kind, so that a parser needs to look at `kind` only once. */
export const eventSchemas = {
  'process.started': ProcessStarted,
  'process.exited': ProcessExited,
  'file.opened': FileOpened,
  'api.requested': ApiRequested,
} as const satisfies Record<EventKind, unknown>;

export const eventKinds = Object.keys(eventSchemas) as readonly EventKind[];
export const nodeEventKinds = [
  'process.started',
  'process.exited',
  'file.opened',
] as const satisfies readonly NodeEvent['kind'][];

export const isNodeEvent = (event: Event): event is NodeEvent => event.kind !== 'api.requested';
