// One HTTP request with a bound on time and on the answer's size, over kept-alive connections.
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { KitError } from '../errors.ts';
import { readBody } from './read-body.ts';

/** PEM texts. Keep the object: connections are kept alive per object, and a new one opens new connections. */
export interface ClientTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** HTTP proxy on the way, `http://[user:password@]host:port`, asked with CONNECT. */
  readonly proxy?: string;
}

export interface RequestOptions {
  readonly method: string;
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly tls?: ClientTls;
  /** Resolves names; the system's resolver unless given. An address is not resolved. */
  readonly lookup?: LookupFunction;
  /** For the whole exchange, answer included. */
  readonly timeoutMs?: number;
  readonly maxResponseBytes?: number;
  readonly signal?: AbortSignal;
}

export interface Response {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

const agentOptions = { keepAlive: true, keepAliveMsecs: 15_000, maxSockets: 8, maxFreeSockets: 2 };
const plainAgent = new http.Agent(agentOptions);
const publicAgent = new https.Agent(agentOptions);
const agents = new WeakMap<ClientTls, https.Agent>();

/** For an https.Agent of one's own. */
export function agentTls({ proxy, ...pem }: ClientTls): https.AgentOptions {
  return {
    ...pem,
    minVersion: 'TLSv1.2',
    ...(proxy === undefined ? {} : { proxyEnv: { HTTPS_PROXY: proxy } }),
  };
}

function agentFor(url: URL, tls: ClientTls | undefined): http.Agent {
  if (url.protocol === 'http:') return plainAgent;
  if (!tls) return publicAgent;
  let agent = agents.get(tls);
  if (!agent) {
    agent = new https.Agent({ ...agentOptions, ...agentTls(tls) });
    agents.set(tls, agent);
  }
  return agent;
}

/** Ends the connections that were kept for a `tls` object, for instance when its certificate was replaced. */
export function closeConnections(tls: ClientTls): void {
  agents.get(tls)?.destroy();
  agents.delete(tls);
}

/** Any status is an answer; only a failed exchange throws: `REQUEST_FAILED`, `REQUEST_TIMEOUT`, `BODY_TOO_LARGE`, or the signal's reason. */
export async function request(options: RequestOptions): Promise<Response> {
  const { signal, timeoutMs = 30_000, maxResponseBytes = 1024 * 1024 } = options;
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    const answer = await exchange(options, either);
    const body = await readBody(answer, maxResponseBytes).catch((error: unknown) => {
      answer.destroy();
      throw error;
    });
    return { status: answer.statusCode ?? 0, headers: answer.headers, body };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof KitError && error.code === 'BODY_TOO_LARGE') throw error;
    const where = `${options.method} ${new URL(options.url).origin}${new URL(options.url).pathname}`;
    if (deadline.aborted)
      throw new KitError('REQUEST_TIMEOUT', `${where}: no answer within ${timeoutMs} ms`, { cause: error });
    throw new KitError('REQUEST_FAILED', `${where}: ${reason(error)}`, { cause: error });
  }
}

/** An AggregateError of several addresses has an empty message; its code says more. */
function reason(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || code || String(error);
}

function exchange(options: RequestOptions, signal: AbortSignal): Promise<http.IncomingMessage> {
  const url = new URL(options.url);
  const send = url.protocol === 'http:' ? http.request : https.request;
  const headers = {
    ...options.headers,
    ...(options.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(options.body)) }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = send(url, {
      method: options.method,
      headers,
      agent: agentFor(url, options.tls),
      signal,
      ...(options.lookup ? { lookup: options.lookup } : {}),
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.end(options.body);
  });
}
