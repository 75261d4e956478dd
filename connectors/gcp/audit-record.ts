// Turns a Cloud Logging entry of a GKE cluster's audit log into the record that an API server would have written.
import { isIP } from 'node:net';
import { type AuditContext, type NormalisedAudit, normaliseAudit } from '@yagura/connector-kubernetes';
import { type Fields, fieldsOf, textOf } from './fields.ts';
import { type GkeResource, parseResourceName } from './resource-name.ts';
import { type EntryStatus, statusOf } from './status.ts';

/** Why an entry gave no event, beside the reasons of a plain record. */
export type GkeSkipReason = 'not-a-kubernetes-entry';
export type NormalisedGkeEntry = NormalisedAudit | { readonly ok: false; readonly reason: GkeSkipReason };

/**
 * Maps a whole `LogEntry` with an `AuditLog` payload of service `k8s.io`. Groups are not logged by GKE, and the status
 * code is derived from a gRPC code where the response does not hold it; the event's quality says both. Never throws.
 * Source: https://cloud.google.com/kubernetes-engine/docs/how-to/audit-logging
 */
export function normaliseGkeEntry(entry: unknown, context: AuditContext = {}): NormalisedGkeEntry {
  const log = fieldsOf(entry);
  const payload = fieldsOf(log['protoPayload']);
  if (payload['serviceName'] !== 'k8s.io') return { ok: false, reason: 'not-a-kubernetes-entry' };
  const cluster = context.cluster ?? clusterOf(fieldsOf(log['resource']));
  const request = requestOf(payload);
  const status = statusOf(payload, fieldsOf(log['labels']), successOf(request, log));
  const result = normaliseAudit(recordOf(log, { payload, request, status }), {
    ...context,
    ...(cluster === undefined ? {} : { cluster }),
    provider: 'gke',
  });
  if (!result.ok) return result;
  const quality = {
    ...result.event.quality,
    noGroups: true,
    ...(status.isInferred ? { statusInferred: true } : {}),
  };
  return { ok: true, event: { ...result.event, quality } };
}

interface GkeRequest {
  readonly verb: string | undefined;
  readonly resource: GkeResource | undefined;
  /** The connection is handed over to a program; the answer is its beginning. */
  readonly isStream: boolean;
}

const streamingSubresources: ReadonlySet<string> = new Set(['exec', 'attach', 'portforward']);

function requestOf(payload: Fields): GkeRequest {
  const methodName = textOf(payload['methodName']) ?? '';
  const resource = parseResourceName(textOf(payload['resourceName']) ?? '', methodName);
  const isStream = streamingSubresources.has(resource?.objectRef.subresource ?? '');
  return { verb: methodName.split('.').at(-1), resource, isStream };
}

function successOf({ verb, isStream }: GkeRequest, log: Fields): number {
  if (isStream) return 101;
  return verb === 'create' || (verb === 'patch' && hasCreated(log)) ? 201 : 200;
}

/** Objects know the second in which they came into being; that of the entry may be later. */
const createdWithinMs = 2_000;

/** A server-side apply is a patch that may create, which only the object tells that it is answered with. */
function hasCreated({ timestamp, protoPayload }: Fields): boolean {
  const metadata = fieldsOf(fieldsOf(fieldsOf(protoPayload)['response'])['metadata']);
  const [createdMs, atMs] = [metadata['creationTimestamp'], timestamp].map((time) =>
    typeof time === 'string' ? Date.parse(time) : Number.NaN,
  ) as [number, number];
  return Math.abs(atMs - createdMs) < createdWithinMs;
}

/** Streams, watches and proxied requests tell at their beginning what they are: their end may be hours away. */
export function isAnsweredAtOnce(entry: Fields): boolean {
  const { verb, resource, isStream } = requestOf(fieldsOf(entry['protoPayload']));
  return isStream || verb === 'watch' || resource?.objectRef.subresource === 'proxy';
}

interface Parts {
  readonly payload: Fields;
  readonly request: GkeRequest;
  readonly status: EntryStatus;
}

function recordOf(log: Fields, { payload, request, status }: Parts): Fields {
  const metadata = fieldsOf(payload['requestMetadata']);
  const operation = fieldsOf(log['operation']);
  const callerIp = textOf(metadata['callerIp']);
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: request.isStream ? 'Request' : 'RequestResponse',
    auditID: textOf(operation['id']) ?? textOf(log['insertId']),
    stage: stageOf(operation, request),
    verb: request.verb,
    requestURI: request.resource?.requestURI,
    user: { username: textOf(fieldsOf(payload['authenticationInfo'])['principalEmail']) },
    // 'private' and 'gce-internal-ip' may stand in for an address.
    sourceIPs: callerIp !== undefined && isIP(callerIp) !== 0 ? [callerIp] : undefined,
    userAgent: textOf(metadata['callerSuppliedUserAgent']),
    objectRef: request.resource?.objectRef,
    responseStatus: status.code === undefined ? undefined : { code: status.code, message: status.message },
    requestObject: objectOf(payload['request']),
    responseObject: objectOf(payload['response']),
    requestReceivedTimestamp: log['receivedAt'] ?? log['timestamp'],
    stageTimestamp: log['timestamp'],
    annotations: log['labels'],
  };
}

/** An operation that has begun and not ended was answered; so was a stream, of which there may be one entry. */
function stageOf({ first, last }: Fields, { isStream }: GkeRequest): string {
  const hasOnlyEnded = last === true && first !== true;
  const hasOnlyBegun = first === true && last !== true;
  return hasOnlyBegun || (isStream && !hasOnlyEnded) ? 'ResponseStarted' : 'ResponseComplete';
}

/** GKE names types as `core.k8s.io/v1.Pod` in `@type`, and leaves `kind` out of some objects. */
function objectOf(value: unknown): Fields | undefined {
  const { '@type': type, ...object } = fieldsOf(value);
  if (Object.keys(object).length === 0) return undefined;
  const kind = type === undefined || 'kind' in object ? undefined : kindOf(textOf(type));
  return kind === undefined ? object : { kind, ...object };
}

/** Types of Google's own are no kinds, as in `type.googleapis.com/google.protobuf.Struct`. */
const kindOf = (type: string | undefined): string | undefined =>
  type?.startsWith('type.googleapis.com/') === true ? undefined : type?.split('.').at(-1);

function clusterOf(resource: Fields): string | undefined {
  const labels = fieldsOf(resource['labels']);
  const [project, location, name] = [labels['project_id'], labels['location'], labels['cluster_name']].map(
    textOf,
  );
  return project && location && name
    ? `projects/${project}/locations/${location}/clusters/${name}`
    : undefined;
}
