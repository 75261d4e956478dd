// The id of an audit event: the same record read twice, from two logs or after a restart, has the same one.
import { hash } from 'node:crypto';
import type { AuditProvider, AuditRequest } from '@yagura/contracts';

const maxIdChars = 256;
const plain = /^[A-Za-z0-9._:-]+$/;

const sha256 = (text: string): string => hash('sha256', text);

/** Stands in for an `auditID` that is missing; the request is bounded by then, so hashing it is too. */
export const auditIdFromContent = (request: AuditRequest, time: string): string =>
  `content-${sha256(JSON.stringify([time, request])).slice(0, 40)}`;

/**
 * What tells apart requests that share an audit id: a client may choose its own by the header `Audit-ID`, and give all of
 * its requests the same one. When the API server received a request is the server's own. Entries of GKE have times of
 * their own, so there it is the URI.
 */
const serversOwn = (provider: AuditProvider, request: AuditRequest): string =>
  provider === 'gke'
    ? `${request.verb} ${request.requestURI ?? ''}`
    : (request.requestReceivedTimestamp ?? '');

/** Joined as they are where that is short and cannot be read in two ways, hashed otherwise. */
export function auditEventId(
  cluster: string | undefined,
  provider: AuditProvider,
  request: AuditRequest,
): string {
  const { auditID, stage } = request;
  const own = serversOwn(provider, request);
  const parts = [...(cluster === undefined ? [] : [cluster]), auditID, ...(own === '' ? [] : [own]), stage];
  const id = parts.join('/');
  const isUnambiguous = id.length <= maxIdChars && parts.every((part) => plain.test(part));
  return isUnambiguous ? id : `audit-${sha256(JSON.stringify(parts))}`;
}
