// Registration: a token and a signing request become an agent with a client certificate.
import { type IssuedCertificate, RegistrationRequest, register } from '@yagura/contracts';
import type { Clock, Logger } from '@yagura/kit';
import type { Authority } from '../../authority/authority.ts';
import { type EnrolmentResult, enrolAgent } from '../../store/agents.ts';
import { noteConnectionProblem } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { IngestError, type IngestErrorCode } from '../errors.ts';
import { createRateLimit } from '../rate-limit.ts';
import type { Route } from '../route.ts';
import { jsonBody } from '../take-body.ts';
import { unavailable } from '../unavailable.ts';

export interface RegisterOptions {
  readonly db: Database;
  readonly authority: Authority;
  readonly workspace: string;
  readonly maxAgents: number;
  readonly clock: Clock;
  readonly log: Logger;
}

const bodyBytes = 32 * 1024;
const failuresPerMinute = 20;

export function registerRoute(options: RegisterOptions): Route {
  const { db, authority, workspace, maxAgents, clock, log } = options;
  const readRequest = jsonBody(RegistrationRequest, bodyBytes);
  const failures = createRateLimit({ clock, times: failuresPerMinute, windowMs: 60_000 });
  const enrol = async (wish: RegistrationRequest) => {
    if (wish.workspace !== workspace) return { is: 'unknown' } as const;
    const issue = (agentId: string) => authority.issueAgent(agentId, wish.csr);
    return unavailable(enrolAgent(db, { ...wish, maxAgents, now: clock.now(), issue }));
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
      if (enrolled.is !== 'taken') {
        failures.count(from);
        const refusal = refusalOf(enrolled);
        log.warn({ from, name: wish.name, role: wish.role, code: refusal.code }, 'registration refused');
        await tellCluster(options, enrolled, refusal);
        throw refusal;
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

type Refused = Exclude<EnrolmentResult<never>, { readonly is: 'taken' }>;

const codes = {
  unknown: 'TOKEN_REFUSED',
  expired: 'TOKEN_EXPIRED',
  'used-up': 'TOKEN_USED_UP',
  'for-another': 'TOKEN_FOR_ANOTHER',
  full: 'WORKSPACE_FULL',
  revoked: 'AGENT_REVOKED',
} as const satisfies Record<Refused['is'], IngestErrorCode>;

const refusalOf = (refused: Refused): IngestError =>
  new IngestError(codes[refused.is], 'detail' in refused ? refused.detail : undefined);

/** Whoever holds a whole token may be believed to be the cluster that it was made for. */
async function tellCluster(
  { db, clock }: Pick<RegisterOptions, 'db' | 'clock'>,
  refused: Refused,
  { code, message }: IngestError,
): Promise<void> {
  if (!('name' in refused) || refused.name === undefined) return;
  const at = new Date(clock.now()).toISOString();
  await unavailable(noteConnectionProblem(db, refused.name, { at, code, message }));
}
