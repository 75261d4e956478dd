// Registration: a token and a signing request become an agent with a client certificate.
import { type IssuedCertificate, RegistrationRequest, register } from '@yagura/contracts';
import type { Clock, Logger } from '@yagura/kit';
import type { Authority } from '../../authority/authority.ts';
import { enrolAgent } from '../../store/agents.ts';
import type { Database } from '../../store/database.ts';
import { IngestError } from '../errors.ts';
import { createRateLimit } from '../rate-limit.ts';
import type { Route } from '../route.ts';
import { jsonBody } from '../take-body.ts';
import { unavailable } from '../unavailable.ts';

export interface RegisterOptions {
  readonly db: Database;
  readonly authority: Authority;
  readonly workspace: string;
  readonly clock: Clock;
  readonly log: Logger;
}

const bodyBytes = 32 * 1024;
const failuresPerMinute = 20;

export function registerRoute({ db, authority, workspace, clock, log }: RegisterOptions): Route {
  const readRequest = jsonBody(RegistrationRequest, bodyBytes);
  const failures = createRateLimit({ clock, times: failuresPerMinute, windowMs: 60_000 });
  const enrol = async (wish: RegistrationRequest) => {
    if (wish.workspace !== workspace) return undefined;
    const issue = (agentId: string) => authority.issueAgent(agentId, wish.csr);
    return unavailable(enrolAgent(db, { ...wish, now: clock.now(), issue }));
  };
  return {
    endpoint: register,
    async handle({ request }): Promise<IssuedCertificate> {
      const from = request.socket.remoteAddress ?? '';
      const waitMs = failures.waitMs(from);
      if (waitMs > 0)
        throw new IngestError('TOO_MANY_REQUESTS', undefined, { retryAfterS: Math.ceil(waitMs / 1000) });
      const wish = await readRequest(request);
      const enrolled = await enrol(wish);
      if (enrolled === undefined) {
        failures.count(from);
        log.warn({ from, name: wish.name, role: wish.role }, 'registration refused');
        throw new IngestError('TOKEN_REFUSED');
      }
      const { agentId, certificate } = enrolled;
      log.info({ agentId, name: wish.name, role: wish.role, cluster: wish.cluster }, 'agent registered');
      return {
        agentId,
        certificate: certificate.pem,
        authority: authority.certificate,
        notAfter: certificate.notAfter.toISOString(),
      };
    },
  };
}
