// Lists a resource in pages, and watches it from a place on: objects one by one, as they come.
import { createHash } from 'node:crypto';
import { createLineHolder, type Line } from '@yagura/kit/lean';
import { pathOf, type Resource } from '../resources/resource.ts';
import type { ApiClient } from './api-client.ts';
import { ApiRefusal, ApiUnreachable } from './refusal.ts';
import { splitItems } from './split-items.ts';

export interface ReadOptions {
  readonly api: ApiClient;
  readonly resource: Pick<Resource, 'name' | 'group' | 'version' | 'metadataOnly'>;
  readonly signal: AbortSignal;
  /** Objects that were larger than any should be. */
  readonly onTooLarge: () => void;
}

/** etcd holds no object beyond 1.5 MiB. */
const maxObjectBytes = 4 * 1024 * 1024;
const pageSize = 500;
const listIdleMs = 60_000;
/** The API server sends a bookmark about every minute. */
const watchIdleMs = 200_000;
/** How late a change may be read. Of 200 a second, 20 are read at once. */
const watchRestMs = 100;

const accept = (as: string, isMetadata: boolean): string =>
  isMetadata ? `application/json;as=${as};g=meta.k8s.io;v=v1` : 'application/json';

/** Yields every object and returns the place from which a watch goes on. Throws what `get` does, with 410 as others. */
export async function* listObjects(options: ReadOptions): AsyncGenerator<unknown, string> {
  const { api, resource, signal, onTooLarge } = options;
  let token = '';
  for (;;) {
    const query = new URLSearchParams({
      limit: String(pageSize),
      ...(token === '' ? {} : { continue: token }),
    });
    const chunks = await api.get({
      path: `${pathOf(resource)}?${query}`,
      accept: accept('PartialObjectMetadataList', resource.metadataOnly ?? false),
      idleMs: listIdleMs,
      signal,
    });
    const items = splitItems(chunks, { maxItemBytes: maxObjectBytes, onTooLong: onTooLarge });
    let next = await readNext(items);
    for (; next.done !== true; next = await readNext(items)) yield JSON.parse(next.value);
    const { resourceVersion, continue: more } = (next.value as { metadata?: ListMetadata }).metadata ?? {};
    if (more !== undefined && more !== '') token = more;
    else if (resourceVersion !== undefined) return resourceVersion;
    else throw new ApiUnreachable('a list without a resourceVersion');
  }
}

interface ListMetadata {
  readonly resourceVersion?: string;
  readonly continue?: string;
}

/** What is no JSON, or too little of it, is a broken connection. */
async function readNext(items: AsyncGenerator<string, unknown>): Promise<IteratorResult<string, unknown>> {
  try {
    return await items.next();
  } catch (cause) {
    if (cause instanceof ApiUnreachable) throw cause;
    throw new ApiUnreachable(`a list that cannot be read: ${(cause as Error).message}`, { cause });
  }
}

export type Change =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: unknown }
  | { readonly type: 'BOOKMARK'; readonly object: unknown };

export interface WatchFrom {
  /** `undefined`: all that there is comes first, and then a bookmark that says so. */
  readonly resourceVersion: string | undefined;
  readonly forSeconds: number;
}

/**
 * Yields what came at the same time, to be read to its end. Ends when the API server ends it. Throws what `get` does, and
 * ApiRefusal for an error within the stream.
 */
export async function* watchObjects(options: ReadOptions, from: WatchFrom): AsyncGenerator<Iterable<Change>> {
  const { api, resource, signal } = options;
  const query = new URLSearchParams({
    watch: 'true',
    allowWatchBookmarks: 'true',
    timeoutSeconds: String(from.forSeconds),
    ...(from.resourceVersion === undefined
      ? { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' }
      : { resourceVersion: from.resourceVersion }),
  });
  const path = `${pathOf(resource)}?${query}`;
  const asMetadata = accept('PartialObjectMetadata', resource.metadataOnly ?? false);
  const chunks = await api.get({
    ...{ path, accept: asMetadata, idleMs: watchIdleMs, signal },
    // All that there is comes without a break.
    restMs: from.resourceVersion === undefined ? 0 : watchRestMs,
  });
  const held = createLineHolder(maxObjectBytes);
  for await (const chunk of chunks) yield changesIn(held.lines(chunk), path, options);
  const last = held.last();
  if (last) yield changesIn([last], path, options);
}

function* changesIn(
  lines: Iterable<Line>,
  path: string,
  { onTooLarge }: Pick<ReadOptions, 'onTooLarge'>,
): Generator<Change> {
  for (const line of lines) {
    if (!line.ok) {
      onTooLarge();
      continue;
    }
    const change = parse(line.text);
    if (change.type === 'ERROR') throw refusalOf(path, change.object);
    yield change as Change;
  }
}

function parse(text: string): { readonly type: string; readonly object: unknown } {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ApiUnreachable('a watch that is cut', { cause });
  }
}

function refusalOf(path: string, status: unknown): ApiRefusal {
  const { code, message } = (status ?? {}) as { readonly code?: number; readonly message?: string };
  return new ApiRefusal({ status: code ?? 500, path, message: message ?? 'the watch ended with an error' });
}

/** Spread, so that watches of many clusters and resources do not all end at once. */
export const watchSeconds = (name: string): number =>
  300 + (createHash('sha1').update(name).digest().readUInt16BE(0) % 300);
