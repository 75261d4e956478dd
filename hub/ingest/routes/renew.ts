// Renewal: an agent whose certificate still holds gets a new one for the same identity.
import { type IssuedCertificate, RenewalRequest, renew } from '@yagura/contracts';
import type { Clock } from '@yagura/kit';
import type { Authority } from '../../authority/authority.ts';
import { renewAgent } from '../../store/agents.ts';
import type { Database } from '../../store/database.ts';
import { IngestError } from '../errors.ts';
import type { Identity } from '../identity.ts';
import { createRateLimit } from '../rate-limit.ts';
import type { Route } from '../route.ts';
import { jsonBody } from '../take-body.ts';
import { unavailable } from '../unavailable.ts';

export interface RenewOptions {
  readonly db: Database;
  readonly authority: Authority;
  readonly identity: Identity;
  readonly clock: Clock;
}

const bodyBytes = 16 * 1024;
/** Certificates live for weeks; whoever renews more often than this is broken, and each one is a row. */
const renewalsPerHour = 20;

export function renewRoute({ db, authority, identity, clock }: RenewOptions): Route {
  const readRequest = jsonBody(RenewalRequest, bodyBytes);
  const renewals = createRateLimit({ clock, times: renewalsPerHour, windowMs: 3_600_000 });
  return {
    endpoint: renew,
    async handle({ request }): Promise<IssuedCertificate> {
      const { id: agentId, serial } = await identity.identify(request);
      const waitMs = renewals.waitMs(agentId);
      if (waitMs > 0)
        throw new IngestError('TOO_MANY_REQUESTS', undefined, { retryAfterS: Math.ceil(waitMs / 1000) });
      renewals.count(agentId);
      const { csr } = await readRequest(request);
      const issue = (id: string) => authority.issueAgent(id, csr);
      const certificate = await unavailable(renewAgent(db, { agentId, serial, now: clock.now(), issue }));
      if (certificate === undefined) throw new IngestError('CERTIFICATE_REVOKED');
      return {
        agentId,
        certificate: certificate.pem,
        authority: authority.certificate,
        notAfter: certificate.notAfter.toISOString(),
      };
    },
  };
}
