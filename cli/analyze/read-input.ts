// Opens what `analyze` is to read, as a stream of plain bytes whatever it is compressed with.
import { open } from 'node:fs/promises';
import { PassThrough, Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { CliError } from '../errors.ts';

export interface Input {
  readonly name: string;
  /** Of the file as it lies there; `undefined` for standard input. */
  readonly sizeBytes?: number;
  /** Bytes taken so far, before decompression. */
  readonly takenBytes: () => number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

const chunkBytes = 256 * 1024;
/** Firehose compresses again what a subscription has compressed, and people compress what they keep. */
const maxLayers = 3;
const gzipMagic = Buffer.from([0x1f, 0x8b]);
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** `-` is standard input. Errors while reading are thrown from `chunks`. */
export async function openInput(path: string, stdin: AsyncIterable<Uint8Array>): Promise<Input> {
  if (path === '-') return inputOf('standard input', stdin);
  try {
    const file = await open(path, 'r');
    const facts = await file.stat();
    if (facts.isDirectory()) {
      await file.close();
      throw new CliError('FILE_UNREADABLE', `${path} is a folder`, { mend: 'Name the files in it.' });
    }
    return inputOf(path, file.createReadStream({ highWaterMark: chunkBytes }), facts.size);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function inputOf(name: string, raw: AsyncIterable<Uint8Array>, sizeBytes?: number): Input {
  let taken = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of raw) {
      taken += chunk.byteLength;
      yield chunk;
    }
  }
  return {
    name,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    takenBytes: () => taken,
    chunks: inflated(name, counted()),
  };
}

async function* inflated(name: string, chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* peeled(chunks, maxLayers);
  } catch (error) {
    throw isDamage(error) ? damaged(name, error) : unreadable(name, error);
  }
}

/** What zlib throws of bytes, and not what a disk or a pipe does. */
const isDamage = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && /^Z(?:STD)?_/.test(String(error.code));

const damaged = (name: string, error: Error): CliError =>
  new CliError('FILE_UNREADABLE', `${name} is cut or damaged: ${error.message}`, {
    cause: error,
    mend: 'What stands before that was analysed. Take the file again, once it is written to its end.',
  });

async function* peeled(chunks: AsyncGenerator<Uint8Array>, layers: number): AsyncGenerator<Uint8Array> {
  const head = await firstBytes(chunks);
  const decoder = layers > 0 ? decoderFor(head) : undefined;
  if (decoder === undefined) {
    yield head;
    yield* chunks;
  } else yield* peeled(decoded(joined(head, chunks), decoder), layers - 1);
}

/** A pipe may hand over its first bytes one at a time. */
async function firstBytes(chunks: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let head = Buffer.alloc(0);
  while (head.length < zstdMagic.length) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

function decoderFor(head: Uint8Array): Transform | undefined {
  const starts = (magic: Buffer): boolean => magic.equals(head.subarray(0, magic.length));
  if (starts(gzipMagic)) return createGunzip({ chunkSize: chunkBytes });
  return starts(zstdMagic) ? createZstdDecompress({ chunkSize: chunkBytes }) : undefined;
}

async function* joined(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}

async function* decoded(source: AsyncIterable<Uint8Array>, decoder: Transform): AsyncGenerator<Uint8Array> {
  const out = new PassThrough({ highWaterMark: chunkBytes });
  const done = pipeline(Readable.from(source), decoder, out);
  // The error comes out of `done` below; without this it would count as unhandled meanwhile.
  done.catch(() => undefined);
  yield* out;
  await done;
}

function unreadable(path: string, error: unknown): CliError {
  if (error instanceof CliError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new CliError('FILE_UNREADABLE', `${path}: ${reason}`, { cause: error });
}
