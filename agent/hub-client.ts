// Calls to the hub's port for agents: addresses, bounds, and answers parsed at the edge.
import {
  exchangeExtensions,
  makeNodeToken,
  register,
  renew,
  sendBatch,
  sendHeartbeat,
} from '@yagura/contracts';
import { type ClientTls, KitError, type Response, request } from '@yagura/kit';
import { AgentError } from './errors.ts';

/** A hub and with whose certificate to talk to it; keep the object, connections are kept per object. */
export interface HubConnection {
  readonly url: string;
  readonly tls: ClientTls;
  readonly agentId?: string;
}

export interface Call {
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}

const endpoints = { exchangeExtensions, makeNodeToken, register, renew, sendBatch, sendHeartbeat } as const;

/** Any status is an answer. Throws HUB_UNUSABLE if there is none, or the signal's reason. */
export async function callHub(
  hub: HubConnection,
  name: keyof typeof endpoints,
  call: Call,
): Promise<Response> {
  const { method, path } = endpoints[name];
  try {
    return await request({
      method,
      url: new URL(path, hub.url),
      tls: hub.tls,
      headers: { 'content-type': 'application/json', ...call.headers },
      body: call.body,
      signal: call.signal,
      timeoutMs: call.timeoutMs ?? 30_000,
      maxResponseBytes: 256 * 1024,
    });
  } catch (error) {
    if (error instanceof KitError) throw new AgentError('HUB_UNUSABLE', error.message, { cause: error });
    throw error;
  }
}

/** The body as JSON, or `undefined`. */
export function jsonOf({ body }: Response): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What an error answer says about itself, in one line and within bounds. */
export function reasonOf(response: Response): string {
  const value = jsonOf(response);
  const error = typeof value === 'object' && value !== null && 'error' in value ? value.error : undefined;
  if (typeof error !== 'object' || error === null) return `status ${response.status}`;
  const { code, message, mend } = error as Readonly<Record<string, unknown>>;
  const parts = [code, message, mend].filter((part) => typeof part === 'string');
  return `status ${response.status}${parts.length > 0 ? `, ${parts.join(': ')}` : ''}`.slice(0, 500);
}

/** Retry-After in milliseconds: seconds or a date; at most `maxMs`. */
export function retryAfterMs({ headers }: Response, now: number, maxMs = 300_000): number | undefined {
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(maxMs, Math.max(0, ms));
}
