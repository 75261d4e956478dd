// Inflates what CloudWatch and Firehose deliver: no gzip, one member, several back to back, or gzip within gzip.
import { constants, createGunzip } from 'node:zlib';

export interface Inflated {
  readonly bytes: Buffer;
  /** A member was cut, or bytes that are no gzip followed the last one; `bytes` is what came before. */
  readonly isCut: boolean;
  /** The limit was reached; the rest was not inflated. */
  readonly isTooLarge: boolean;
}

/** Firehose compresses again what a subscription filter has compressed already. */
const maxLayers = 3;
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Never rejects. `limitBytes` holds for each layer. */
export async function gunzipMembers(body: Uint8Array, limitBytes: number): Promise<Inflated> {
  let inflated: Inflated = { bytes: Buffer.from(body), isCut: false, isTooLarge: false };
  for (let layer = 0; layer < maxLayers && isGzip(inflated.bytes); layer += 1) {
    const next = await gunzip(inflated.bytes, limitBytes);
    inflated = {
      bytes: next.bytes,
      isCut: inflated.isCut || next.isCut,
      isTooLarge: inflated.isTooLarge || next.isTooLarge,
    };
  }
  return inflated;
}

function gunzip(body: Buffer, limitBytes: number): Promise<Inflated> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stream = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
    const done = (isCut: boolean, isTooLarge: boolean): void => {
      resolve({ bytes: Buffer.concat(chunks), isCut, isTooLarge });
      stream.destroy();
    };
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) done(true, true);
      else chunks.push(chunk);
    });
    stream.once('end', () => done(!endsWithMember(body, size), false));
    stream.once('error', () => done(true, false));
    stream.end(body);
  });
}

/** The last four bytes of a whole member are the size of what it inflates to; RFC 1952, section 2.3.1. */
function endsWithMember(body: Buffer, inflatedBytes: number): boolean {
  return body.length >= 18 && body.readUInt32LE(body.length - 4) <= inflatedBytes;
}
