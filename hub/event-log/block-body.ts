// What a block of the event log holds: one JSON line that says where its events come from, then the events as they arrived.
import { batchLimits } from '@yagura/contracts';
import { inflate } from '@yagura/kit';

/** Whose events these are, as the hub itself established it; what an event says of itself is overwritten by it. */
export interface Origin {
  readonly node?: string;
  readonly cluster?: string;
}

export type BodyEncoding = 'zstd' | 'gzip' | 'identity';

export interface BlockBody {
  readonly origin: Origin;
  readonly encoding: BodyEncoding;
  /** NDJSON of events, encoded as `encoding` says; kept compressed, so that the log holds some ten times more. */
  readonly payload: Uint8Array;
}

const newline = 0x0a;
/** Receipts may be larger than a batch, when audit events grow by being normalised. */
const maxPayloadBytes = 2 * batchLimits.inflatedBytes;

export function encodeBody({ origin, encoding, payload }: BlockBody): Uint8Array {
  const head = Buffer.from(`${JSON.stringify({ ...origin, encoding })}\n`);
  return Buffer.concat([head, payload]);
}

export interface DecodedBody {
  readonly origin: Origin;
  readonly ndjson: string;
}

/** Throws on a body that `encodeBody` did not write. */
export async function decodeBody(body: Uint8Array): Promise<DecodedBody> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const end = bytes.indexOf(newline);
  if (end === -1) throw new Error('a block without a head line');
  const head: unknown = JSON.parse(bytes.toString('utf8', 0, end));
  const { node, cluster, encoding } = head as Record<string, unknown>;
  const payload = await inflate(
    bytes.subarray(end + 1),
    typeof encoding === 'string' ? encoding : '',
    maxPayloadBytes,
  );
  return {
    origin: {
      ...(typeof node === 'string' ? { node } : {}),
      ...(typeof cluster === 'string' ? { cluster } : {}),
    },
    ndjson: payload.toString('utf8'),
  };
}
