// What a request writes at a key of its object, whatever kind of patch it is.
import type { ApiRequested } from '@yagura/contracts';
import { at, pointerKeys } from './outside-value.ts';

/** Keys that lead to what a JSON patch is about. The API server overlooks what stands before the first slash. */
function keysOf(path: unknown): readonly string[] | undefined {
  if (typeof path !== 'string') return undefined;
  const slash = path.indexOf('/');
  return slash < 0 ? [] : pointerKeys(path.slice(slash));
}

const isAbove = (above: readonly string[] | undefined, keys: readonly string[]): boolean =>
  above !== undefined && above.length <= keys.length && above.every((key, index) => key === keys[index]);

const touches = (place: readonly string[] | undefined, keys: readonly string[]): boolean =>
  place !== undefined && (isAbove(place, keys) || isAbove(keys, place));

function isWritten(operation: unknown, keys: readonly string[]): boolean {
  const op = at(operation, 'op');
  if (op === 'test') return false;
  return touches(keysOf(at(operation, 'path')), keys) || (op === 'move' && isMovedAway(operation, keys));
}

const isMovedAway = (operation: unknown, keys: readonly string[]): boolean =>
  touches(keysOf(at(operation, 'from')), keys);

/** The operation, which is the last one that touches the keys, leaves nothing there. */
function takesAway(operation: unknown, keys: readonly string[]): boolean {
  const place = keysOf(at(operation, 'path'));
  if (at(operation, 'op') === 'remove') return isAbove(place, keys);
  return !touches(place, keys) && isAbove(keysOf(at(operation, 'from')), keys);
}

/** As far as one operation tells what is there after it: in full, or what it puts below. */
function valueAfter(operation: unknown, keys: readonly string[]): unknown {
  const place = keysOf(at(operation, 'path'));
  const added = at(operation, 'value');
  if (place === undefined || added === undefined) return undefined;
  if (isAbove(place, keys)) return at(added, ...keys.slice(place.length)) ?? null;
  return place.slice(keys.length).reduceRight<unknown>(wrapped, added);
}

const wrapped = (value: unknown, key: string): unknown =>
  placeInList.test(key) ? [value] : Object.fromEntries([[key, value]]);

const placeInList = /^(?:-|\d+)$/;

function writtenByOperations(
  event: ApiRequested,
  operations: readonly unknown[],
  keys: readonly string[],
): unknown {
  const last = operations.findLast((operation) => isWritten(operation, keys));
  if (last === undefined) return undefined;
  if (takesAway(last, keys)) return null;
  const { responseObject } = event.request;
  return responseObject === undefined ? valueAfter(last, keys) : (at(responseObject, ...keys) ?? null);
}

/** Of what a merge takes away or replaces as a whole, nothing is left that it does not say. */
function writtenByObject(object: unknown, keys: readonly string[]): unknown {
  let value = object;
  let isWhole = false;
  for (const key of keys) {
    if (value === null) return null;
    isWhole ||= replacing.has(at(value, '$patch'));
    value = at(value, key);
  }
  return value === undefined && isWhole ? null : value;
}

const replacing: ReadonlySet<unknown> = new Set(['replace', 'delete']);

/**
 * The value in the request's object; of a JSON patch, which is a list of operations, the value that the answer has
 * after it. Undefined where the request leaves the key alone, `null` where it takes it away.
 */
export function writtenValue(event: ApiRequested, ...keys: readonly string[]): unknown {
  const { requestObject } = event.request;
  return Array.isArray(requestObject)
    ? writtenByOperations(event, requestObject, keys)
    : writtenByObject(requestObject, keys);
}
