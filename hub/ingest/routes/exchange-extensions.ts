// Extensions, as the agent of a cluster asks for them, and tokens with which the nodes of that cluster register.
import { ExtensionExchange, exchangeExtensions, makeNodeToken } from '@yagura/contracts';
import type { Clock, Logger } from '@yagura/kit';
import type { Database } from '../../store/database.ts';
import * as store from '../../store/extensions.ts';
import { createClusterToken } from '../../store/registration-tokens.ts';
import { IngestError } from '../errors.ts';
import type { Caller, Identity } from '../identity.ts';
import { createRateLimit } from '../rate-limit.ts';
import type { Route } from '../route.ts';
import { jsonBody } from '../take-body.ts';
import { unavailable } from '../unavailable.ts';

export interface ExtensionRoutesOptions {
  readonly db: Database;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly log: Logger;
}

const bodyBytes = 128 * 1024;
/** One at each start of an agent and twice a day: who asks more often is broken. */
const tokensPerHour = 30;

export function extensionRoutes({ db, identity, clock, log }: ExtensionRoutesOptions): readonly Route[] {
  const readExchange = jsonBody(ExtensionExchange, bodyBytes);
  const tokens = createRateLimit({ clock, times: tokensPerHour, windowMs: 3_600_000 });
  return [
    {
      endpoint: exchangeExtensions,
      async handle({ request }) {
        const cluster = clusterOf(await identity.identify(request));
        const { reports } = await readExchange(request);
        return unavailable(store.exchangeExtensions(db, cluster, reports));
      },
    },
    {
      endpoint: makeNodeToken,
      async handle({ request }) {
        const cluster = clusterOf(await identity.identify(request));
        const waitMs = tokens.waitMs(cluster);
        if (waitMs > 0)
          throw new IngestError('TOO_MANY_REQUESTS', undefined, { retryAfterS: Math.ceil(waitMs / 1000) });
        if (!(await unavailable(store.wantsExtensions(db, cluster))))
          throw new IngestError('EXTENSION_NOT_WANTED');
        tokens.count(cluster);
        const { id, token, expiresAt } = await unavailable(createClusterToken(db, cluster, clock.now()));
        log.info({ cluster, token: id, expiresAt }, 'a token for the nodes of a cluster is made');
        return { token, expiresAt };
      },
    },
  ];
}

function clusterOf({ role, cluster, name }: Caller): string {
  if (role !== 'cluster') throw new IngestError('ROLE_NOT_ALLOWED', `this is a ${role}`);
  return cluster ?? name;
}
