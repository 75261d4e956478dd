// Query parameters of a request's address, as the API server reads them.
import type { ApiRequested } from '@yagura/contracts';
import { text } from './outside-value.ts';

/** What the API server cannot decode, or has a semicolon in it, it leaves out without a word. */
const isReadable = (pair: string): boolean => !pair.includes(';') && !/%(?![\dA-Fa-f]{2})/.test(pair);

/** Names and values in their order, decoded. */
export function queryPairs(query: string): URLSearchParams {
  const pairs = query.split('&').filter(isReadable);
  // A question mark at its beginning would be passed over.
  return new URLSearchParams(`&${pairs.join('&')}`);
}

/** All values of a query parameter, with no more work on the URI than needed. */
export function uriParameters(event: ApiRequested, key: string): readonly string[] {
  const uri = text(event.request.requestURI);
  const query = uri?.indexOf('?') ?? -1;
  if (uri === undefined || query < 0) return [];
  // A parameter may be hidden behind escapes only.
  if (!uri.includes(key, query) && !/[%+]/.test(uri)) return [];
  return queryPairs(uri.slice(query + 1)).getAll(key);
}
