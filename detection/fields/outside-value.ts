// Careful steps into JSON that an outsider wrote: every step may find another type than it hopes for.
import type { Scalar } from '../language/operators.ts';
import type { FieldValue } from './field.ts';

export type Outside = unknown;

export const isRecord = (value: Outside): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of a key, or undefined where there is no object or no such key of its own. */
export const at = (value: Outside, ...keys: readonly string[]): Outside => atPath(value, keys);

/**
 * What an object or array inherits is a function or a prototype, and JSON holds neither: to sort these out costs a
 * third of asking first whether the key is the object's own, and it is asked some hundred times an event.
 */
const isInherited = (value: Outside): boolean =>
  typeof value === 'function' || value === ofObjects || value === ofArrays;

const [ofObjects, ofArrays]: readonly unknown[] = [Object.prototype, Array.prototype];

/** As `at`; spares the making of a list where the same keys are followed for each event. */
export function atPath(value: Outside, keys: readonly string[]): Outside {
  let current = value;
  for (let depth = 0; depth < keys.length; depth += 1) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string, unknown>)[keys[depth] as string];
    if (isInherited(current)) return undefined;
  }
  return current;
}

type Members = { readonly [key: string]: Outside };

/**
 * What is in an object, for keys that are written in the code, as in `inside(pod)?.spec`. No prototype has any of these,
 * and each place in the code remembers where its key lies in the objects that come by, which `at` cannot: it is one
 * place for all keys. Of a pod some fifty keys are asked, most of them in vain.
 */
export const inside = (value: Outside): Members | undefined =>
  typeof value === 'object' && value !== null ? (value as Members) : undefined;

export const listOf = (value: Outside): readonly Outside[] => (Array.isArray(value) ? value : nothing);

export const isScalar = (value: Outside): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

export const text = (value: Outside): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const number = (value: Outside): number | undefined =>
  typeof value === 'number'
    ? value
    : typeof value === 'string' && /^\d{1,15}$/.test(value)
      ? Number(value)
      : undefined;

export const flag = (value: Outside): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** Objects become JSON, as Falco shows them. */
export const rendered = (value: Outside): Scalar | undefined =>
  value === undefined || value === null ? undefined : isScalar(value) ? value : JSON.stringify(value);

/** One value or many, whatever the JSON holds there. */
export function renderedAll(value: Outside): FieldValue {
  return Array.isArray(value) ? present(value.map(rendered)) : rendered(value);
}

/** What is read of each value, one behind the other, without what is not there. */
export function readEach<T>(
  values: readonly Outside[],
  read: (value: Outside) => T | undefined,
): readonly T[] {
  let found: T[] | undefined;
  for (const value of values) {
    const one = read(value);
    if (one === undefined) continue;
    if (found === undefined) found = [one];
    else found.push(one);
  }
  return found ?? nothing;
}

const nothing: readonly never[] = [];

export const present = <T>(values: readonly (T | undefined)[]): T[] =>
  values.filter((value): value is T => value !== undefined);

/** All values, or the one that an index names. */
export function pick<T>(values: readonly T[], index: string | undefined): readonly T[] {
  if (index === undefined || index === '' || index === '*') return values;
  const chosen = values[Number(index)];
  return chosen === undefined ? [] : [chosen];
}

/** RFC 6901. */
export function pointerKeys(pointer: string): readonly string[] {
  const parts = pointer.startsWith('/') ? pointer.slice(1).split('/') : pointer.split('/');
  return pointer === '' ? [] : parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
