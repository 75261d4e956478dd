// The id of an audit event: the same record read twice, from two logs or after a restart, has the same one.
import { hash } from 'node:crypto';
import type { AuditRequest } from '@yagura/contracts';

const maxIdChars = 256;
const plain = /^[A-Za-z0-9._:-]+$/;

const sha256 = (text: string): string => hash('sha256', text);

/** Stands in for an `auditID` that is missing; the request is bounded by then, so hashing it is too. */
export const auditIdFromContent = (request: AuditRequest, time: string): string =>
  `content-${sha256(JSON.stringify([time, request])).slice(0, 40)}`;

/** Cluster, auditID and stage as they are where that is short and cannot be read in two ways, hashed otherwise. */
export function auditEventId(cluster: string | undefined, auditID: string, stage: string): string {
  const parts = cluster === undefined ? [auditID, stage] : [cluster, auditID, stage];
  const id = parts.join('/');
  const isUnambiguous = id.length <= maxIdChars && parts.every((part) => plain.test(part));
  return isUnambiguous ? id : `audit-${sha256(JSON.stringify(parts))}`;
}
