// Turns what EKS writes to CloudWatch Logs into audit events: single messages, subscription envelopes, Firehose objects.
import {
  type AuditContext,
  createJsonSplitter,
  type JsonPiece,
  type NormalisedAudit,
  normaliseAudit,
  rescueAuditRecord,
  type SkipReason,
} from '@yagura/connector-kubernetes';
import type { ApiRequested } from '@yagura/contracts';
import { gunzipMembers } from './gunzip-members.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What EKS puts at the end of a line that it cut. */
const cutMark = '[Truncated...]';

/** `message` of one log event of a `kube-apiserver-audit-` stream. Never throws. */
export function normaliseEksMessage(message: unknown, context: AuditContext = {}): NormalisedAudit {
  if (typeof message !== 'string') return { ok: false, reason: 'not-an-object' };
  const eks = { ...context, provider: 'eks' } as const;
  try {
    return normaliseAudit(JSON.parse(message), eks);
  } catch {
    const isMarked = message.trimEnd().endsWith(cutMark);
    const rescued = rescueAuditRecord(isMarked ? message.trimEnd().slice(0, -cutMark.length) : message);
    const result = normaliseAudit(rescued, eks);
    if (!result.ok) return { ok: false, reason: 'not-json' };
    return { ok: true, event: { ...result.event, quality: { ...result.event.quality, truncated: true } } };
  }
}

export type EksSkipReason =
  | SkipReason
  | 'control-message'
  | 'not-an-envelope'
  | 'not-an-audit-stream'
  | 'too-large';

export interface EksDelivery {
  readonly events: readonly ApiRequested[];
  readonly skipped: Partial<Readonly<Record<EksSkipReason, number>>>;
}

const auditStream = 'kube-apiserver-audit-';

/** A subscription's record or a Firehose object, gzipped or not. Never rejects; inflates at most `limitBytes`. */
export async function readEksDelivery(
  body: Uint8Array,
  limitBytes: number,
  context: AuditContext = {},
): Promise<EksDelivery> {
  const events: ApiRequested[] = [];
  const skipped: Partial<Record<EksSkipReason, number>> = {};
  const skip = (reason: EksSkipReason): void => {
    skipped[reason] = (skipped[reason] ?? 0) + 1;
  };
  const onPiece = (piece: JsonPiece): void => {
    for (const result of piece.ok ? normaliseEnvelope(piece.text, context) : [piece]) {
      if (typeof result === 'string') skip(result);
      else if (result.ok) events.push(result.event);
      else skip(result.reason);
    }
  };
  const inflated = await gunzipMembers(body, limitBytes);
  const splitter = createJsonSplitter({ onPiece });
  splitter.push(inflated.bytes);
  splitter.end();
  if (inflated.isTooLarge) skip('too-large');
  else if (inflated.isCut) skip('cut');
  return { events, skipped };
}

function* normaliseEnvelope(text: string, context: AuditContext): Generator<NormalisedAudit | EksSkipReason> {
  const envelope = parse(text);
  if (!isFields(envelope)) return yield 'not-json';
  // CloudWatch probes whether the destination can be reached.
  if (envelope['messageType'] === 'CONTROL_MESSAGE') return yield 'control-message';
  const { logEvents, logStream } = envelope;
  if (!Array.isArray(logEvents)) return yield 'not-an-envelope';
  if (typeof logStream === 'string' && !logStream.startsWith(auditStream)) return yield 'not-an-audit-stream';
  const cluster = context.cluster ?? clusterOf(envelope);
  const inCluster = cluster === undefined ? context : { ...context, cluster };
  for (const event of logEvents) {
    yield normaliseEksMessage(isFields(event) ? event['message'] : undefined, inCluster);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Account and cluster name; the region is in no field of an envelope, so a caller that knows it sets `cluster`. */
function clusterOf({ logGroup, owner }: Fields): string | undefined {
  const name =
    typeof logGroup === 'string' ? /^\/aws\/eks\/([^/]{1,100})\/cluster$/.exec(logGroup)?.[1] : undefined;
  if (name === undefined) return undefined;
  return typeof owner === 'string' && /^\d{12}$/.test(owner) ? `${owner}/${name}` : name;
}
