// API tokens and sign-in links.
import { createSignInLink, createToken, deleteToken, listTokens } from '@yagura/contracts';
import type { Clock } from '@yagura/kit';
import { HubError } from '../../errors.ts';
import type { Database } from '../../store/database.ts';
import * as store from '../../store/tokens.ts';
import { type Route, route } from '../route.ts';
import type { MakeSignInLink } from '../sign-in-link.ts';

export interface TokenRouteOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly makeSignInLink: MakeSignInLink;
}

const dayMs = 24 * 60 * 60 * 1000;
const defaultDays = 90;

export const tokenRoutes = ({ db, clock, makeSignInLink }: TokenRouteOptions): readonly Route[] => [
  route(createSignInLink, async () => makeSignInLink('short')),
  route(listTokens, async () => ({ items: [...(await store.listTokens(db))] })),
  route(createToken, async ({ body, principal }) => {
    const now = clock.now();
    const expiresAt = now + (body.days ?? defaultDays) * dayMs;
    return store.createToken(db, { ...body, createdBy: principal.name, now, expiresAt });
  }),
  route(deleteToken, async ({ params }) => {
    if (!(await store.deleteToken(db, params.id))) throw new HubError('NOT_FOUND', 'token');
    return undefined;
  }),
];
