// Heartbeats: how a node is, written at once, so that the console shows it at once.
import { Heartbeat, sendHeartbeat } from '@yagura/contracts';
import type { Clock } from '@yagura/kit';
import { recordHeartbeat } from '../../store/contacts.ts';
import type { Database } from '../../store/database.ts';
import type { Identity } from '../identity.ts';
import type { Route } from '../route.ts';
import { jsonBody } from '../take-body.ts';
import { unavailable } from '../unavailable.ts';

export interface SendHeartbeatOptions {
  readonly db: Database;
  readonly identity: Identity;
  readonly clock: Clock;
}

const bodyBytes = 512 * 1024;
/** A quarter of `offlineAfterMs`: three may be missed. */
export const heartbeatMs = 15_000;

export function sendHeartbeatRoute({ db, identity, clock }: SendHeartbeatOptions): Route {
  const readHeartbeat = jsonBody(Heartbeat, bodyBytes);
  return {
    endpoint: sendHeartbeat,
    async handle({ request }) {
      const { id: agentId } = await identity.identify(request);
      const heartbeat = await readHeartbeat(request);
      await unavailable(recordHeartbeat(db, { agentId, heartbeat, now: clock.now() }));
      return { nextInMs: heartbeatMs };
    },
  };
}
