// The envelope in which a subscription of CloudWatch Logs wraps the messages of a log stream.
import type { AuditContext, NormalisedAudit } from '@yagura/connector-kubernetes';
import { normaliseEksMessage } from './audit-record.ts';
import { type Fields, isFields } from './fields.ts';

export type EnvelopeSkip = {
  readonly ok: false;
  readonly reason: 'control-message' | 'not-an-envelope' | 'not-an-audit-stream';
};

const auditStream = 'kube-apiserver-audit-';
const skip = (reason: EnvelopeSkip['reason']): EnvelopeSkip => ({ ok: false, reason });

/** Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
export function* readEnvelope(
  envelope: Fields,
  context: AuditContext,
): Generator<NormalisedAudit | EnvelopeSkip> {
  // CloudWatch probes whether the destination can be reached.
  if (envelope['messageType'] === 'CONTROL_MESSAGE') return yield skip('control-message');
  const { logEvents, logStream } = envelope;
  if (!Array.isArray(logEvents)) return yield skip('not-an-envelope');
  if (typeof logStream === 'string' && !logStream.startsWith(auditStream))
    return yield skip('not-an-audit-stream');
  const cluster = context.cluster ?? clusterOf(envelope);
  const inCluster = cluster === undefined ? context : { ...context, cluster };
  for (const event of logEvents) {
    yield normaliseEksMessage(isFields(event) ? event['message'] : undefined, inCluster);
  }
}

/** Account and cluster name; the region is in no field of an envelope, so a caller that knows it sets `cluster`. */
function clusterOf({ logGroup, owner }: Fields): string | undefined {
  const name =
    typeof logGroup === 'string' ? /^\/aws\/eks\/([^/]{1,100})\/cluster$/.exec(logGroup)?.[1] : undefined;
  if (name === undefined) return undefined;
  return typeof owner === 'string' && /^\d{12}$/.test(owner) ? `${owner}/${name}` : name;
}
