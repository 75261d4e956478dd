// Turns a record of a diagnostic log of AKS or of a cluster of Azure Arc, as Event Hubs and Blob Storage carry it, into an audit event.
import {
  type AuditContext,
  type NormalisedAudit,
  normaliseAudit,
  rescueAuditRecord,
} from '@yagura/connector-kubernetes';
import type { AuditProvider } from '@yagura/contracts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export type AksSkipReason = 'not-an-audit-category' | 'no-log';
export type NormalisedAksRecord = NormalisedAudit | { readonly ok: false; readonly reason: AksSkipReason };

/** `kube-audit-admin` is `kube-audit` without get and list. */
const auditCategories: ReadonlySet<unknown> = new Set(['kube-audit', 'kube-audit-admin']);
/** What AKS puts in place of a body that it left out. */
export const skippedBody = 'skipped-too-big-size-object';

/**
 * `properties.log` is the API server's record as a JSON string (or, from some pipelines, as an object). A record that
 * was cut is kept as far as its beginning tells, marked `truncated`. Never throws.
 * Source: https://learn.microsoft.com/azure/aks/monitor-aks-reference
 */
export function normaliseAksRecord(record: unknown, context: AuditContext = {}): NormalisedAksRecord {
  if (!isFields(record) || !auditCategories.has(record['category'])) {
    return { ok: false, reason: 'not-an-audit-category' };
  }
  const properties = record['properties'];
  const log = isFields(properties) ? readLog(properties['log']) : undefined;
  if (log === undefined) return { ok: false, reason: 'no-log' };
  const cluster = context.cluster ?? clusterOf(record['resourceId']);
  const result = normaliseAudit(withoutSkippedBodies(log.fields), {
    ...context,
    ...(cluster === undefined ? {} : { cluster }),
    provider: providerOf(record['resourceId']),
  });
  if (!result.ok) return result;
  const quality = {
    ...result.event.quality,
    ...(log.isCut || hasSkippedBody(log.fields) ? { truncated: true } : {}),
    ...(record['category'] === 'kube-audit-admin' ? { noReads: true } : {}),
  };
  return { ok: true, event: { ...result.event, quality } };
}

/** ARM writes ids in any case; https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const clusterOf = (resourceId: unknown): string | undefined =>
  typeof resourceId === 'string' && resourceId !== '' ? resourceId.toLowerCase() : undefined;

/**
 * A cluster of one's own that Azure Arc connects has the same categories, and a control plane that is not Azure's.
 * Source: https://learn.microsoft.com/azure/azure-monitor/reference/tables/arck8saudit
 */
const providerOf = (resourceId: unknown): AuditProvider =>
  clusterOf(resourceId)?.includes('/providers/microsoft.kubernetes/connectedclusters/') === true
    ? 'kubernetes'
    : 'aks';

interface Log {
  readonly fields: Fields;
  readonly isCut: boolean;
}

function readLog(log: unknown): Log | undefined {
  if (isFields(log)) return { fields: log, isCut: false };
  if (typeof log !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(log);
    return isFields(value) ? { fields: value, isCut: false } : undefined;
  } catch {
    const fields = rescueAuditRecord(log);
    return fields === undefined ? undefined : { fields, isCut: true };
  }
}

const bodies = ['requestObject', 'responseObject'] as const;
const hasSkippedBody = (fields: Fields): boolean => bodies.some((key) => fields[key] === skippedBody);

function withoutSkippedBodies(fields: Fields): Fields {
  if (!hasSkippedBody(fields)) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== skippedBody));
}
