// Reads a request's body within its bounds: as sent, and inflated.
import type { IncomingMessage } from 'node:http';
import { inflate, KitError, readBody } from '@yagura/kit';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { BodyEncoding } from '../event-log/block-body.ts';
import { IngestError } from './errors.ts';

/** Throws before anything is read where the headers alone tell that the body cannot be taken. */
export async function takeBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > limitBytes) throw new IngestError('BODY_TOO_LARGE', `more than ${limitBytes} bytes`);
  return passing(readBody(request, limitBytes));
}

export function encodingOf(request: IncomingMessage): BodyEncoding {
  const name = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (name === 'zstd' || name === 'gzip' || name === 'identity') return name;
  throw new IngestError('ENCODING_UNKNOWN', JSON.stringify(name.slice(0, 32)));
}

export const takeInflated = (body: Buffer, encoding: BodyEncoding, limitBytes: number): Promise<Buffer> =>
  passing(inflate(body, encoding, limitBytes));

async function passing(work: Promise<Buffer>): Promise<Buffer> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof KitError)) throw cause;
    switch (cause.code) {
      case 'BODY_TOO_LARGE':
      case 'BODY_UNREADABLE':
      case 'ENCODING_UNKNOWN':
        throw new IngestError(cause.code, cause.message, { cause });
      default:
        throw cause;
    }
  }
}

export type JsonBody<S extends TSchema> = (request: IncomingMessage) => Promise<Static<S>>;

/** A reader of JSON bodies that fit `schema`. */
export function jsonBody<const S extends TSchema>(schema: S, limitBytes: number): JsonBody<S> {
  const validator = Compile(schema);
  return async (request) => {
    const body = await takeBody(request, limitBytes);
    const value = parse((await takeInflated(body, encodingOf(request), limitBytes)).toString('utf8'));
    if (validator.Check(value)) return value as Static<S>;
    const [first] = validator.Errors(value);
    throw new IngestError('REQUEST_INVALID', `${first?.instancePath || '/'}: ${first?.message}`);
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new IngestError('REQUEST_INVALID', 'not JSON', { cause });
  }
}
