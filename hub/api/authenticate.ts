// Proves who makes a request: a Bearer token, or the session cookie.
import type { Clock } from '@yagura/kit';
import { HubError } from '../errors.ts';
import type { RateLimit } from '../ingest/rate-limit.ts';
import type { Database } from '../store/database.ts';
import { findSession } from '../store/sessions.ts';
import { useToken } from '../store/tokens.ts';
import type { Principal } from './principal.ts';
import type { SessionCookie } from './session-cookie.ts';

export interface AuthenticateOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly cookie: SessionCookie;
  /** Of failures, by remote address. */
  readonly failures: RateLimit;
}

export type Authenticate = (request: Request, remote: string) => Promise<Principal | undefined>;

/** A token that does not hold is an error even where none is needed: its owner must learn of it. */
export function createAuthenticate({ db, clock, cookie, failures }: AuthenticateOptions): Authenticate {
  return async (request, remote) => {
    const header = request.headers.get('authorization');
    if (header === null) {
      const secret = cookie.read(request);
      const session = secret === undefined ? undefined : await findSession(db, secret, clock.now());
      return (
        session && { name: session.user, role: session.role, by: 'cookie', ...expiry(session.expiresAt) }
      );
    }
    const [, text = ''] = /^Bearer +(\S+) *$/i.exec(header) ?? [];
    const token = await useToken(db, text, clock.now());
    if (token === undefined) {
      countFailure(failures, remote);
      throw new HubError('UNAUTHENTICATED', 'the token is unknown, expired or was taken back');
    }
    return { name: `token:${token.name}`, role: token.role, by: 'token', ...expiry(token.expiresAt) };
  };
}

const expiry = (expiresAt: string | undefined) => (expiresAt === undefined ? {} : { expiresAt });

/**
 * Throws TOO_MANY_REQUESTS instead of the answer that the caller has ready, once there are too many. A right secret is
 * never refused: it has 192 bits, so that trying is hopeless, and nobody can lock out others who share an address.
 */
export function countFailure(failures: RateLimit, remote: string): void {
  const waitMs = failures.waitMs(remote);
  failures.count(remote);
  if (waitMs > 0)
    throw new HubError('TOO_MANY_REQUESTS', 'failed sign-ins', { retryAfterS: Math.ceil(waitMs / 1000) });
}
