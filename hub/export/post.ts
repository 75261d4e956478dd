// One POST to where an administrator said: no redirects, TLS verified, and each answer's meaning.
import { type ClientTls, KitError, request } from '@yagura/kit';
import { HubError } from '../errors.ts';
import { isRefusedAddress, lookupOutside } from './outside-address.ts';
import { DeliveryError, withoutAdvice } from './transport.ts';

const timeoutMs = 10_000;
const longestRetryAfterMs = 60 * 60_000;
/** Nothing of an answer is kept or shown. */
const maxResponseBytes = 64 * 1024;

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly tls: ClientTls | undefined;
  readonly now: number;
  readonly signal: AbortSignal;
}

export async function post({ now, tls, ...options }: Post): Promise<void> {
  const answer = await request({
    ...{ method: 'POST', timeoutMs, maxResponseBytes, lookup: lookupOutside, ...options },
    ...(tls === undefined ? {} : { tls }),
  }).catch((error: unknown) => {
    if (options.signal.aborted) throw error;
    if (error instanceof KitError)
      throw new DeliveryError(withoutAdvice(withoutAddress(error, options.url)), { cause: error });
    throw error;
  });
  const { status } = answer;
  if (status >= 200 && status < 300) return;
  throw new DeliveryError(
    `the server answered ${status}${status < 400 ? ', and redirects are not followed' : ''}`,
    {
      isFinal: !mayPass.has(status) && status < 500,
      retryAfterMs: readRetryAfter(answer.headers['retry-after'], now),
    },
  );
}

/** Request timeout, too early, too many requests: the same message may be taken later. */
const mayPass: ReadonlySet<number> = new Set([408, 425, 429]);

/** The address may hold a token; what is said of it is where it is. */
function withoutAddress({ message }: KitError, url: string): string {
  const { origin, pathname } = new URL(url);
  return message.replaceAll(`${origin}${pathname}`, origin);
}

/** Seconds, or a date. */
export function readRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestRetryAfterMs);
}

/** Throws REQUEST_INVALID; what is secret in the address is not in the message. */
export function checkUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new HubError('REQUEST_INVALID', 'url: must be https://… or http://…');
  if (url.username !== '' || url.password !== '')
    throw new HubError('REQUEST_INVALID', 'url: no user and password in it; use authorization');
  if (isRefusedAddress(url.hostname.replace(/^\[|\]$/g, '')))
    throw new HubError('REQUEST_INVALID', 'url: link-local addresses are refused');
  return url;
}
