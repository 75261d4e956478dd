// Refuses requests that another web page made a browser send: by DNS rebinding, or across sites.
import { HubError } from '../errors.ts';

export interface OriginRules {
  /** Names by which this hub is known, as `Host` has them without the port; undefined: any, the certificate proves it. */
  readonly hosts: ReadonlySet<string> | undefined;
  /** Origins beside the one that the request's own Host makes: the public URL behind a proxy. */
  readonly origins: ReadonlySet<string>;
}

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

export interface AddressFacts {
  /** The hub listens on loopback only. */
  readonly isLoopback: boolean;
  /** Where people open the console, if not at the address that the hub listens on. */
  readonly publicUrl?: string | undefined;
}

export function originRules({ isLoopback, publicUrl }: AddressFacts): OriginRules {
  const url = publicUrl === undefined ? undefined : new URL(publicUrl);
  return {
    hosts: isLoopback ? new Set([...loopbackHosts, ...(url ? [url.hostname] : [])]) : undefined,
    origins: new Set(url ? [url.origin] : []),
  };
}

/** A page of another name that points at this address (DNS rebinding) sends that name. */
export function checkHost(request: Request, { hosts }: OriginRules): void {
  if (hosts === undefined) return;
  const host = request.headers.get('host') ?? '';
  if (!hosts.has(host.replace(/:\d+$/, '').toLowerCase()))
    throw new HubError('ORIGIN_REFUSED', `Host: ${host.slice(0, 100)}`);
}

/** Only writes: what a read answers is kept from other pages by the browser. `hasCookie`: the browser proves who asks. */
export function checkOrigin(request: Request, rules: OriginRules, hasCookie: boolean): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const origin = request.headers.get('origin');
  if (origin === null) {
    if (hasCookie && request.headers.get('sec-fetch-site') !== 'same-origin')
      throw new HubError('ORIGIN_REFUSED', 'no Origin');
    return;
  }
  if (rules.origins.has(origin) || isOwn(origin, request.headers.get('host'))) return;
  throw new HubError('ORIGIN_REFUSED', `Origin: ${origin.slice(0, 100)}`);
}

const isOwn = (origin: string, host: string | null): boolean =>
  host !== null && (origin === `http://${host}` || origin === `https://${host}`);
