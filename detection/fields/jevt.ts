// Fields that reach into the audit record by JSON pointer.
import { auditField, type Field } from './field.ts';
import { at, pointerKeys, rendered, renderedAll } from './outside-value.ts';

/** Walks arrays by index as well as objects by key. */
function follow(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (current, key) => (Array.isArray(current) ? current[Number(key)] : at(current, key)),
    value,
  );
}

export const jevtFields: readonly Field[] = [
  auditField({
    name: 'jevt.value',
    type: 'any',
    argument: { kind: 'pointer', isRequired: true },
    description: 'What a JSON pointer finds in the audit record',
    example: 'jevt.value[/responseObject/roleRef/name] = cluster-admin',
    bind: (pointer = '') => {
      const keys = pointerKeys(pointer);
      return (event) => renderedAll(follow(event.request, keys));
    },
  }),
  auditField({
    name: 'jevt.obj',
    description: 'The whole audit record as JSON',
    example: '{"verb":"create"}',
    bind: () => (event) => rendered(event.request),
  }),
  auditField({
    name: 'jevt.time',
    description: 'When it happened',
    example: '2026-05-04T10:00:00.000Z',
    bind: () => (event) => event.time,
  }),
];
