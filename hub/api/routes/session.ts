// Signing in and out.
import { getSession, signIn, signOut } from '@yagura/contracts';
import { type Clock, rfc3339FromMs } from '@yagura/kit';
import { HubError } from '../../errors.ts';
import type { RateLimit } from '../../ingest/rate-limit.ts';
import type { Database } from '../../store/database.ts';
import { createSession, deleteSession } from '../../store/sessions.ts';
import { redeemSignInCode } from '../../store/sign-in-links.ts';
import { useToken } from '../../store/tokens.ts';
import { recordTrail } from '../../store/trail.ts';
import { countFailure } from '../authenticate.ts';
import { type Route, route } from '../route.ts';
import type { SessionCookie } from '../session-cookie.ts';

export interface SessionRouteOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly cookie: SessionCookie;
  readonly failures: RateLimit;
}

const sessionMs = 24 * 60 * 60 * 1000;

export const sessionRoutes = (options: SessionRouteOptions): readonly Route[] => [
  route(signIn, async ({ body, remote, reply }) => {
    const { db, clock, cookie, failures } = options;
    const now = clock.now();
    const who = await identify(db, body.secret, now);
    if (who === undefined) {
      countFailure(failures, remote);
      throw new HubError('SIGN_IN_REFUSED');
    }
    const expiresAt = Math.min(now + sessionMs, who.expiresAt ?? Number.POSITIVE_INFINITY);
    const secret = await createSession(db, { ...who, now, expiresAt });
    await recordTrail(db, { actor: who.user, action: signIn.id });
    reply.headers.set('set-cookie', cookie.set(secret, (expiresAt - now) / 1000));
    return { user: who.user, role: who.role, expiresAt: rfc3339FromMs(expiresAt) };
  }),
  route(getSession, async ({ principal }) => ({
    user: principal.name,
    role: principal.role,
    ...(principal.expiresAt === undefined ? {} : { expiresAt: principal.expiresAt }),
  })),
  route(signOut, async ({ request, reply }) => {
    const secret = options.cookie.read(request);
    if (secret !== undefined) await deleteSession(options.db, secret);
    reply.headers.set('set-cookie', options.cookie.clear());
    return undefined;
  }),
];

async function identify(db: Database, secret: string, now: number) {
  const link = await redeemSignInCode(db, secret, now);
  if (link !== undefined) return { ...link, expiresAt: undefined };
  const token = await useToken(db, secret, now);
  if (token === undefined) return undefined;
  const expiresAt = token.expiresAt === undefined ? undefined : Date.parse(token.expiresAt);
  return { user: `token:${token.name}`, role: token.role, tokenId: token.id, expiresAt };
}
