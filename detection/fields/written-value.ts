// What a request writes at a key of its object, whatever kind of patch it is.
import type { ApiRequested } from '@yagura/contracts';
import { at } from './outside-value.ts';

const pointerOf = (keys: readonly string[]): string =>
  keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const touches = (operation: unknown, pointer: string): boolean => {
  const path = at(operation, 'path');
  return typeof path === 'string' && (path === pointer || path.startsWith(`${pointer}/`));
};

/**
 * The value in the request's object; of a JSON patch, which is a list of operations, the value that the answer has
 * after it. Undefined where the request leaves the key alone, `null` where it takes it away.
 */
export function writtenValue(event: ApiRequested, ...keys: readonly string[]): unknown {
  const { requestObject, responseObject } = event.request;
  if (!Array.isArray(requestObject)) return at(requestObject, ...keys);
  const pointer = pointerOf(keys);
  const written = requestObject.filter((operation) => touches(operation, pointer));
  const last = written.at(-1);
  if (last === undefined) return undefined;
  if (at(last, 'path') !== pointer) return at(responseObject, ...keys);
  return at(last, 'op') === 'remove' ? null : (at(responseObject, ...keys) ?? at(last, 'value'));
}
