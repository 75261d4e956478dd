// Decompression with a bound that holds while it runs, so that a zip bomb costs no memory.
import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';
import { KitError } from '../errors.ts';
import { tooLarge } from './read-body.ts';

const decoders = { zstd: promisify(zstdDecompress), gzip: promisify(gunzip) } as const;

/** One chunk is one trip to the thread pool: the default of 16 KiB makes dozens of them for a batch that grows tenfold. */
const chunkBytes = (packedBytes: number, limitBytes: number): number =>
  Math.max(4096, Math.min(packedBytes * 16, 1024 * 1024, limitBytes));

/** `encoding` as in Content-Encoding; nothing, '' and 'identity' leave the body as it is. */
export async function inflate(
  body: Uint8Array,
  encoding: string | undefined,
  limitBytes: number,
): Promise<Buffer> {
  const name = (encoding ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity') {
    if (body.byteLength > limitBytes) throw tooLarge(limitBytes);
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  }
  if (name !== 'zstd' && name !== 'gzip') {
    throw new KitError(
      'ENCODING_UNKNOWN',
      `Content-Encoding ${JSON.stringify(name.slice(0, 32))} is not known`,
    );
  }
  try {
    return await decoders[name](body, {
      maxOutputLength: limitBytes,
      chunkSize: chunkBytes(body.byteLength, limitBytes),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limitBytes);
    throw new KitError('BODY_UNREADABLE', `the body is not whole ${name}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
