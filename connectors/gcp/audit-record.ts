// Turns a Cloud Logging entry of a GKE cluster's audit log into the record that an API server would have written.
import { type AuditContext, type NormalisedAudit, normaliseAudit } from '@yagura/connector-kubernetes';
import { parseResourceName } from './resource-name.ts';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Why an entry gave no event, beside the reasons of a plain record. */
export type GkeSkipReason = 'not-a-kubernetes-entry' | 'first-of-long-operation' | 'split-entry';
export type NormalisedGkeEntry = NormalisedAudit | { readonly ok: false; readonly reason: GkeSkipReason };

/**
 * Maps a `LogEntry` with an `AuditLog` payload of service `k8s.io`. Groups are not logged by GKE, and the status code is
 * derived from a gRPC code where the response does not hold it; the event's quality says both. Never throws.
 * Source: https://cloud.google.com/kubernetes-engine/docs/how-to/audit-logging
 */
export function normaliseGkeEntry(entry: unknown, context: AuditContext = {}): NormalisedGkeEntry {
  const log = fieldsOf(entry);
  const payload = fieldsOf(log['protoPayload']);
  if (payload['serviceName'] !== 'k8s.io') return { ok: false, reason: 'not-a-kubernetes-entry' };
  const operation = fieldsOf(log['operation']);
  // A long operation is logged at its beginning and its end; only the end knows the outcome.
  if (operation['first'] === true && operation['last'] !== true) {
    return { ok: false, reason: 'first-of-long-operation' };
  }
  if (fieldsOf(log['split'])['totalSplits'] !== undefined) return { ok: false, reason: 'split-entry' };
  const status = statusOf(payload, fieldsOf(log['labels']));
  const cluster = context.cluster ?? clusterOf(fieldsOf(log['resource']));
  const result = normaliseAudit(recordOf(log, payload, status), {
    ...context,
    ...(cluster === undefined ? {} : { cluster }),
    provider: 'gke',
  });
  if (!result.ok) return result;
  const quality = {
    ...result.event.quality,
    noGroups: true,
    ...(status.inferred ? { statusInferred: true } : {}),
  };
  return { ok: true, event: { ...result.event, quality } };
}

function recordOf(log: Fields, payload: Fields, status: Status): Fields {
  const methodName = textOf(payload['methodName']) ?? '';
  const resource = parseResourceName(textOf(payload['resourceName']) ?? '', methodName);
  const metadata = fieldsOf(payload['requestMetadata']);
  const isStream = streamingSubresources.has(resource?.objectRef.subresource ?? '');
  const callerIp = textOf(metadata['callerIp']);
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: isStream ? 'Request' : 'RequestResponse',
    auditID: textOf(fieldsOf(log['operation'])['id']) ?? textOf(log['insertId']),
    stage: isStream ? 'ResponseStarted' : 'ResponseComplete',
    verb: methodName.split('.').at(-1),
    requestURI: resource?.requestURI,
    user: { username: textOf(fieldsOf(payload['authenticationInfo'])['principalEmail']) },
    // 'private' and 'gce-internal-ip' may stand in for an address.
    sourceIPs: callerIp !== undefined && isAddress.test(callerIp) ? [callerIp] : undefined,
    userAgent: textOf(metadata['callerSuppliedUserAgent']),
    objectRef: resource?.objectRef,
    responseStatus:
      status.code === undefined ? undefined : { code: isStream && isSuccess(status) ? 101 : status.code },
    requestObject: objectOf(payload['request']),
    responseObject: objectOf(payload['response']),
    requestReceivedTimestamp: log['timestamp'],
    stageTimestamp: log['timestamp'],
    annotations: log['labels'],
  };
}

const streamingSubresources: ReadonlySet<string> = new Set(['exec', 'attach', 'portforward']);
const isAddress = /^[0-9a-fA-F.:]+$/;

/** A stream that was let through has switched protocols, whatever the derived code says. */
const isSuccess = ({ code, inferred }: Status): boolean => inferred && (code === 200 || code === 201);

/** GKE names types as `core.k8s.io/v1.Pod` in `@type`, and leaves `kind` out of some objects. */
function objectOf(value: unknown): Fields | undefined {
  const { '@type': type, ...object } = fieldsOf(value);
  if (Object.keys(object).length === 0) return undefined;
  const kind = textOf(type)?.split('.').at(-1);
  return kind === undefined || 'kind' in object ? object : { kind, ...object };
}

function clusterOf(resource: Fields): string | undefined {
  const labels = fieldsOf(resource['labels']);
  const [project, location, name] = [labels['project_id'], labels['location'], labels['cluster_name']].map(
    textOf,
  );
  return project && location && name
    ? `projects/${project}/locations/${location}/clusters/${name}`
    : undefined;
}

interface Status {
  readonly code: number | undefined;
  readonly inferred: boolean;
}

/** HTTP codes of google.rpc.Code; https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const httpOfGrpc: Readonly<Record<number, number>> = {
  0: 200,
  3: 400,
  5: 404,
  6: 409,
  7: 403,
  8: 429,
  10: 409,
  13: 500,
  14: 503,
  16: 401,
};

function statusOf(payload: Fields, labels: Fields): Status {
  const response = fieldsOf(payload['response']);
  if (textOf(response['@type'])?.endsWith('.Status') && typeof response['code'] === 'number') {
    return { code: response['code'], inferred: false };
  }
  if (labels['authorization.k8s.io/decision'] === 'forbid') return { code: 403, inferred: true };
  const grpc = fieldsOf(payload['status'])['code'] ?? 0;
  const isCreate = textOf(payload['methodName'])?.endsWith('.create') === true;
  if (grpc === 0) return { code: isCreate ? 201 : 200, inferred: true };
  return { code: typeof grpc === 'number' ? httpOfGrpc[grpc] : undefined, inferred: true };
}
