// The one parser from a record of an API server's audit log to an audit event.
import type { ApiRequested, AuditProvider, AuditQuality, AuditRequest } from '@yagura/contracts';
import { auditEventId, auditIdFromContent } from './audit-event-id.ts';
import { takeRequest } from './audit-request.ts';
import { auditTime } from './audit-time.ts';
import { createFieldReader, type FieldReader, isObject, type JsonObject, own } from './field-reader.ts';
import { inferStatusCode } from './infer-status.ts';
import type { SkipReason } from './skip-reason.ts';

export interface AuditContext {
  readonly cluster?: string;
  readonly provider?: AuditProvider;
  /** Stands in for the time of a record that carries none; RFC 3339. */
  readonly receivedAt?: string;
}

export type NormalisedAudit =
  | { readonly ok: true; readonly event: ApiRequested }
  | { readonly ok: false; readonly reason: SkipReason };

const knownVersions: ReadonlySet<unknown> = new Set([
  undefined,
  'audit.k8s.io/v1',
  'audit.k8s.io/v1beta1',
  'audit.k8s.io/v1alpha1',
]);
const bodyVerbs: ReadonlySet<string> = new Set(['create', 'update', 'patch']);
const noTime = '1970-01-01T00:00:00Z';

/** Old records leave `apiVersion` and `kind` out; a core Event of the same kind says `apiVersion: v1`. */
const isAuditRecord = (record: JsonObject): boolean => {
  const kind = own(record, 'kind');
  return (kind === undefined || kind === 'Event') && knownVersions.has(own(record, 'apiVersion'));
};

const isLegacy = (record: JsonObject): boolean => {
  const version = own(record, 'apiVersion');
  if (version !== undefined) return version !== 'audit.k8s.io/v1';
  return own(record, 'timestamp') !== undefined || isObject(own(record, 'metadata'));
};

const stageOf = (read: FieldReader, record: JsonObject): string => {
  const stage = read.text(record, 'stage', 32);
  if (stage !== undefined) return stage;
  read.lose();
  return own(record, 'responseStatus') === undefined ? 'RequestReceived' : 'ResponseComplete';
};

function qualityOf(record: JsonObject, request: AuditRequest, isCut: boolean): AuditQuality {
  const quality: AuditQuality = {};
  // The API server's truncating backend leaves this mark: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
  if (isCut || request.annotations?.['audit.k8s.io/truncated'] === 'true') quality.truncated = true;
  if (isLegacy(record)) quality.legacy = true;
  const hasBody = request.requestObject !== undefined || request.responseObject !== undefined;
  if (!hasBody && bodyVerbs.has(request.verb)) quality.noBody = true;
  return quality;
}

/** Turns a record of any version of `audit.k8s.io` into an event. Never throws, whatever it is given. */
export function normaliseAudit(record: unknown, context: AuditContext = {}): NormalisedAudit {
  if (!isObject(record)) return { ok: false, reason: 'not-an-object' };
  if (!isAuditRecord(record)) return { ok: false, reason: 'not-an-audit-event' };
  const read = createFieldReader();
  const verb = read.text(record, 'verb', 64);
  if (verb === undefined) return { ok: false, reason: 'no-verb' };
  const stage = stageOf(read, record);
  const request = takeRequest(read, record, { auditID: '', stage, verb });
  const knownTime = request.stageTimestamp ?? auditTime(record);
  if (knownTime === undefined) read.lose();
  const time = knownTime ?? context.receivedAt ?? noTime;
  request.auditID = read.text(record, 'auditID', 128) ?? auditIdFromContent(request, time);
  request.stageTimestamp ??= time;
  const code = inferStatusCode(request);
  if (code !== undefined) request.responseStatus = { ...request.responseStatus, code };
  const quality = qualityOf(record, request, read.lost);
  if (code !== undefined) quality.statusInferred = true;
  const cluster = context.cluster?.slice(0, 253);
  const provider = context.provider ?? 'kubernetes';
  const event: ApiRequested = {
    kind: 'api.requested',
    id: auditEventId(cluster, provider, request),
    time,
    ...(cluster === undefined ? {} : { cluster }),
    provider,
    quality,
    request,
  };
  return { ok: true, event };
}
