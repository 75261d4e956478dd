// The API server of the cluster that the agent lives in, as its own service account.
import { readFileSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import { Agent, request } from 'node:https';
import { type Clock, readBody } from '@yagura/kit';
import { ClusterError } from '../errors.ts';

export interface ApiRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiServer extends Disposable {
  /** Begins a request with this service account's credential; its body and its answer are the caller's. */
  open(wish: ApiRequest): ClientRequest;
  /** Small JSON in and out. Throws API_SERVER_REFUSED or API_SERVER_UNREACHABLE. */
  call(wish: ApiRequest & { readonly body?: unknown }): Promise<unknown>;
}

export interface ApiServerOptions {
  readonly url: string;
  readonly authorityFile: string;
  readonly tokenFile: string;
  readonly clock: Clock;
}

/** The kubelet puts a new token there long before the old one ends. */
const tokenFreshMs = 60_000;
const maxSockets = 128;
const timeoutMs = 10_000;
const maxAnswerBytes = 256 * 1024;

export function createApiServer({ url, authorityFile, tokenFile, clock }: ApiServerOptions): ApiServer {
  const agent = new Agent({
    ca: readFileSync(authorityFile),
    keepAlive: true,
    maxSockets,
    minVersion: 'TLSv1.2',
  });
  let token = { text: '', at: Number.NEGATIVE_INFINITY };
  const tokenNow = (): string => {
    if (clock.now() - token.at >= tokenFreshMs)
      token = { text: readFileSync(tokenFile, 'utf8').trim(), at: clock.now() };
    return token.text;
  };
  const base = new URL(url);
  const open = ({ method, path, headers = {} }: ApiRequest): ClientRequest =>
    request({
      ...{ host: base.hostname.replace(/^\[|\]$/g, ''), port: base.port || 443, method, path, agent },
      headers: { ...headers, authorization: `Bearer ${tokenNow()}` },
    });
  return {
    open,
    call: ({ body, ...wish }) => exchange(open, wish, body),
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function exchange(open: ApiServer['open'], wish: ApiRequest, body: unknown): Promise<unknown> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void =>
      reject(
        error instanceof ClusterError
          ? error
          : new ClusterError('API_SERVER_UNREACHABLE', `${wish.path}: ${error.message}`, { cause: error }),
      );
    const outgoing = open(wish).once('error', fail);
    outgoing.setTimeout(timeoutMs, () => outgoing.destroy(new Error(`no answer in ${timeoutMs} ms`)));
    outgoing.once('response', (answer) => {
      readBody(answer, maxAnswerBytes)
        .then((answered) => resolve(parse(answered, answer.statusCode ?? 0, wish)))
        .catch(fail);
    });
    outgoing.end(text);
  });
}

function parse(body: Buffer, status: number, { method, path }: ApiRequest): unknown {
  if (status === 401 || status === 403 || status === 404)
    throw new ClusterError('API_SERVER_REFUSED', `${method} ${path}: ${status}`);
  if (status >= 300) throw new ClusterError('API_SERVER_UNREACHABLE', `${method} ${path}: ${status}`);
  return JSON.parse(body.toString('utf8'));
}
