// The shape of one endpoint of the agents' port, and how a request finds it.
import type { IncomingMessage } from 'node:http';
import type { Endpoint } from '@yagura/contracts';

export interface Call {
  readonly request: IncomingMessage;
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

export interface Route {
  readonly endpoint: Endpoint;
  /** Resolves to the answer's JSON body; throws an IngestError to refuse. */
  handle(call: Call): Promise<unknown>;
}

export type Router = (
  request: IncomingMessage,
) => { readonly route: Route; readonly params: Readonly<Record<string, string>> } | undefined;

interface Pattern {
  readonly route: Route;
  readonly parts: readonly string[];
}

export function createRouter(routes: readonly Route[]): Router {
  const patterns = routes.map((route): Pattern => ({ route, parts: route.endpoint.path.split('/') }));
  return (request) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const parts = path.split('/');
    for (const { route, parts: wanted } of patterns) {
      if (route.endpoint.method !== request.method) continue;
      const params = match(wanted, parts);
      if (params !== undefined) return { route, params };
    }
    return undefined;
  };
}

function match(wanted: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (wanted.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const part = parts[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(want)?.[1];
    if (name === undefined && part !== want) return undefined;
    if (name === undefined) continue;
    const value = decode(part);
    if (value === undefined) return undefined;
    params[name] = value;
  }
  return params;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part) || undefined;
  } catch {
    return undefined;
  }
}
