// Fields that reach into the audit record by JSON pointer.
import { rawTime } from './event-clock.ts';
import { auditField, type Field } from './field.ts';
import { at, pointerKeys, rendered, renderedAll } from './outside-value.ts';

/** Walks arrays by index as well as objects by key. */
function follow(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (current, key) => (Array.isArray(current) ? current[Number(key)] : at(current, key)),
    value,
  );
}

/** The same under the names of the source and of Falco's plugin for JSON. */
const family = (prefix: 'jevt' | 'json'): readonly Field[] => [
  auditField({
    name: `${prefix}.value`,
    type: 'any',
    argument: { kind: 'pointer', isRequired: true },
    description: 'What a JSON pointer finds in the audit record',
    example: `${prefix}.value[/responseObject/roleRef/name] = cluster-admin`,
    bind: (pointer = '') => {
      const keys = pointerKeys(pointer);
      return (event) => renderedAll(follow(event.request, keys));
    },
  }),
  auditField({
    name: `${prefix}.obj`,
    description: 'The whole audit record as JSON',
    example: '{"verb":"create"}',
    bind: () => (event) => rendered(event.request),
  }),
  auditField({
    name: `${prefix}.rawtime`,
    type: 'number',
    description: 'When it happened, in nanoseconds since 1970, to the nearest that a number can hold',
    example: '1777888800000000000',
    bind: () => (event) => rawTime(event.time),
  }),
];

const times: readonly Field[] = ['jevt.time', 'jevt.time.iso8601'].map((name) =>
  auditField({
    name,
    description: 'When it happened, RFC 3339',
    example: '2026-05-04T10:00:00.000Z',
    bind: () => (event) => event.time,
  }),
);

export const jevtFields: readonly Field[] = [...family('jevt'), ...times, ...family('json')];
