// The shape of one field of the catalogue, and what a field can be read as.
import {
  type AlertSource,
  type ApiRequested,
  type Event,
  type EventKind,
  type NodeEvent,
  nodeEventKinds,
} from '@yagura/contracts';
import type { Countries } from '../data/countries.ts';
import type { ScalarType } from '../language/operators.ts';
import type { Value } from '../language/transformers.ts';

/** Nothing, one value, or many; an empty list counts as nothing. */
export type FieldValue = Value;
/** What fields look up beside the event. */
export interface FieldData {
  readonly countries?: Countries;
}
export type ReadField = (event: Event, data?: FieldData) => FieldValue;

export type ArgumentKind = 'index' | 'key' | 'pointer';

export interface FieldArgument {
  readonly kind: ArgumentKind;
  readonly isRequired: boolean;
  /** It may stand behind a dot too, as in `evt.arg.flags`. */
  readonly isDotted?: boolean;
  /** With it a field of many values has one. */
  readonly picksOne?: boolean;
}

export interface Field {
  readonly name: string;
  readonly type: ScalarType;
  readonly isList: boolean;
  /** Its values are those of all ancestors: whatever is asked of it, one of them is enough, as in Falco. */
  readonly isAncestry?: boolean;
  readonly sources: readonly AlertSource[];
  /** Kinds of events that carry it; a field with none is known from Falco, and always empty here so far. */
  readonly kinds: readonly EventKind[];
  readonly description: string;
  readonly example: string;
  readonly argument?: FieldArgument;
  /** Makes the reader for one argument; the reader gets outside data and must cope with any JSON type. */
  readonly bind: (argument?: string) => ReadField;
}

type Common = Pick<Field, 'name' | 'description' | 'example'> &
  Partial<Pick<Field, 'type' | 'isList' | 'isAncestry' | 'argument' | 'kinds'>>;

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
    kinds: field.kinds ?? nodeEventKinds,
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
    kinds: field.kinds ?? [...nodeEventKinds, ...auditKinds],
    bind: () => read,
  };
}

/** A field of Falco's that no event here has: rules that name it load, and `rules check` tells of it. */
export function emptyField(source: AlertSource, field: Common): Field {
  return { ...shared(field), sources: [source], kinds: [], bind: () => () => undefined };
}

/** A line of a family's table: name, type, description, example, and an argument where it takes one. */
export type EmptyRow = readonly [
  name: string,
  type: ScalarType,
  description: string,
  example: string,
  argument?: FieldArgument,
];

export const emptyFields = (source: AlertSource, rows: readonly EmptyRow[]): readonly Field[] =>
  rows.map(([name, type, description, example, argument]) =>
    emptyField(source, {
      name,
      type,
      description,
      example,
      ...(argument === undefined ? {} : { argument }),
    }),
  );
