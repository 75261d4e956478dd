// Who hands over a cluster's audit log: the cluster's bearer credential, or the certificate of an agent of that cluster.
import type { IncomingMessage } from 'node:http';
import type { Clock } from '@yagura/kit';
import { findCredential, holdsCredential } from '../store/clusters.ts';
import type { Database } from '../store/database.ts';
import { createCachedLookup } from './cached-lookup.ts';
import { IngestError } from './errors.ts';
import type { Identity } from './identity.ts';
import { createRateLimit } from './rate-limit.ts';
import { unavailable } from './unavailable.ts';

export interface AuditCredential {
  /** Throws an IngestError where the request may not speak for the cluster. */
  check(request: IncomingMessage, cluster: string): Promise<void>;
}

const failuresPerMinute = 30;

export interface AuditCredentialOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly identity: Identity;
}

export function createAuditCredential({ db, clock, identity }: AuditCredentialOptions): AuditCredential {
  const failures = createRateLimit({ clock, times: failuresPerMinute, windowMs: 60_000 });
  const hashes = createCachedLookup<string>({
    clock,
    look: (cluster) => findCredential(db, cluster),
    freshMs: 2_000,
    staleMs: 5 * 60_000,
    maxKeys: 10_000,
  });
  const checkBearer = async (request: IncomingMessage, cluster: string, secret: string): Promise<void> => {
    // First, whoever else failed from there: pods share their cluster's address, and must not be able to silence its log.
    if (holdsCredential(await unavailable(hashes.get(cluster)), secret)) return;
    const from = request.socket.remoteAddress ?? '';
    const waitMs = failures.waitMs(from);
    failures.count(from);
    if (waitMs > 0)
      throw new IngestError('TOO_MANY_REQUESTS', undefined, { retryAfterS: Math.ceil(waitMs / 1000) });
    throw new IngestError('CREDENTIAL_REFUSED');
  };
  return {
    async check(request, cluster) {
      const secret = bearerOf(request.headers.authorization);
      if (secret !== undefined) return checkBearer(request, cluster, secret);
      if (!identity.hasCertificate(request)) throw new IngestError('CREDENTIAL_REFUSED');
      const caller = await identity.identify(request);
      if (caller.role !== 'cluster' || (caller.cluster ?? caller.name) !== cluster)
        throw new IngestError('ROLE_NOT_ALLOWED');
    },
  };
}

const scheme = /^Bearer ([\w.~+/-]{1,256}=*)$/i;
const bearerOf = (header: string | undefined): string | undefined => header?.match(scheme)?.[1];
