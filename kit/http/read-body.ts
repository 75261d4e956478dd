// A body read whole, up to a limit.
import { KitError } from '../errors.ts';

/** Stops at the first chunk past the limit; destroying the stream is left to the caller, who may still want to answer. */
export async function readBody(stream: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const iterator = stream[Symbol.asyncIterator]();
  try {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      sizeBytes += next.value.byteLength;
      if (sizeBytes > limitBytes) throw tooLarge(limitBytes);
      chunks.push(next.value);
    }
  } catch (error) {
    if (error instanceof KitError) throw error;
    throw new KitError('BODY_UNREADABLE', `the body broke off after ${sizeBytes} bytes`, { cause: error });
  }
  return Buffer.concat(chunks, sizeBytes);
}

export const tooLarge = (limitBytes: number): KitError =>
  new KitError('BODY_TOO_LARGE', `the body is larger than ${limitBytes} bytes`);
