// Reads what lies in a bucket or comes from a stream: envelopes back to back, gzipped in any way that AWS does it.
import {
  type AuditContext,
  createJsonSplitter,
  type JsonPiece,
  type SkipReason,
} from '@yagura/connector-kubernetes';
import type { ApiRequested } from '@yagura/contracts';
import { type EnvelopeSkip, readEnvelope } from './envelope.ts';
import { isFields } from './fields.ts';
import { gunzipMembers } from './gunzip-members.ts';

export type EksSkipReason = SkipReason | EnvelopeSkip['reason'] | 'too-large';

export interface EksDelivery {
  readonly events: readonly ApiRequested[];
  readonly skipped: Partial<Readonly<Record<EksSkipReason, number>>>;
}

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
    const envelope = piece.ok && isFields(piece.value) ? piece.value : undefined;
    if (envelope === undefined) skip(piece.ok ? 'not-json' : piece.reason);
    else
      for (const result of readEnvelope(envelope, context)) {
        if (result.ok) events.push(result.event);
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
