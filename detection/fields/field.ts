// The shape of one field of the catalogue, and what a field can be read as.
import type {
  AlertSource,
  ApiRequested,
  Event,
  EventKind,
  ProcessExited,
  ProcessStarted,
} from '@yagura/contracts';
import type { Countries } from '../data/countries.ts';
import type { Scalar, ScalarType } from '../language/operators.ts';

/** Nothing, one value, or many; an empty list counts as nothing. */
export type FieldValue = Scalar | readonly Scalar[] | undefined;
/** What fields look up beside the event. */
export interface FieldData {
  readonly countries?: Countries;
}
export type ReadField = (event: Event, data?: FieldData) => FieldValue;
export type NodeEvent = ProcessStarted | ProcessExited;

export type ArgumentKind = 'index' | 'key' | 'pointer';

export interface Field {
  readonly name: string;
  readonly type: ScalarType;
  readonly isList: boolean;
  readonly sources: readonly AlertSource[];
  /** Kinds of events that carry it; a field with none is known from Falco, and always empty here so far. */
  readonly kinds: readonly EventKind[];
  readonly description: string;
  readonly example: string;
  readonly argument?: { readonly kind: ArgumentKind; readonly isRequired: boolean };
  /** Makes the reader for one argument; the reader gets outside data and must cope with any JSON type. */
  readonly bind: (argument?: string) => ReadField;
}

type Common = Pick<Field, 'name' | 'description' | 'example'> &
  Partial<Pick<Field, 'type' | 'isList' | 'argument' | 'kinds'>>;

const nodeKinds: readonly EventKind[] = ['process.started', 'process.exited'];
const auditKinds: readonly EventKind[] = ['api.requested'];

const shared = (field: Common): Omit<Field, 'sources' | 'kinds' | 'bind'> => ({
  ...field,
  type: field.type ?? 'text',
  isList: field.isList ?? false,
});

/** A field of what happens on a node. */
export function nodeField(
  field: Common & { read: (event: NodeEvent, argument?: string) => FieldValue },
): Field {
  const { read, ...rest } = field;
  return {
    ...shared(rest),
    sources: ['syscall'],
    kinds: field.kinds ?? nodeKinds,
    bind: (argument) => (event) => (event.kind === 'api.requested' ? undefined : read(event, argument)),
  };
}

/** A field of a request to an API server. */
export function auditField(
  field: Common & { bind: (argument?: string) => (event: ApiRequested, data?: FieldData) => FieldValue },
): Field {
  const { bind, ...rest } = field;
  return {
    ...shared(rest),
    sources: ['k8s_audit'],
    kinds: field.kinds ?? auditKinds,
    bind: (argument) => {
      const read = bind(argument);
      return (event, data) => (event.kind === 'api.requested' ? read(event, data) : undefined);
    },
  };
}

/** A field that every event has. */
export function anyField(field: Common & { read: (event: Event) => FieldValue }): Field {
  const { read, ...rest } = field;
  return {
    ...shared(rest),
    sources: ['syscall', 'k8s_audit'],
    kinds: field.kinds ?? [...nodeKinds, ...auditKinds],
    bind: () => read,
  };
}
