// One request of the hub, carried to the API server under a role that the owner granted, or refused.
import type { ClientRequest, IncomingMessage } from 'node:http';
import {
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { pipeline } from 'node:stream/promises';
import { tunnelRoleHeader, tunnelWholeTrailer } from '@yagura/contracts';
import type { ApiServer } from './api-server.ts';

export interface CarryOptions {
  readonly apiServer: Pick<ApiServer, 'open'>;
  readonly roles: ReadonlySet<string>;
}

const whole = { [tunnelWholeTrailer]: '1' };
const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** All else stays behind: credentials, impersonation, upgrades. */
const passedIn = ['accept', 'accept-encoding', 'content-type', 'user-agent'];
const passedOut = ['content-type', 'content-encoding', 'audit-id', 'warning', 'retry-after', 'vary'];
/** What an API server itself takes at the most. */
const maxBodyBytes = 3 * 1024 * 1024;

/** Ends when the answer has gone, or the stream. Never throws. */
export async function carry(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { apiServer, roles }: CarryOptions,
): Promise<void> {
  // What breaks a stream is the other end of the tunnel: there is nobody to tell.
  stream.on('error', () => {});
  const method = String(headers[':method']);
  const path = String(headers[':path']);
  const role = headers[tunnelRoleHeader];
  if (typeof role !== 'string' || !roles.has(role))
    return refuse(stream, 403, notGranted(String(role ?? 'none'), roles));
  if (!methods.has(method) || !path.startsWith('/'))
    return refuse(stream, 405, `the tunnel does not carry ${method.slice(0, 16)}`);
  let outgoing: ClientRequest;
  try {
    outgoing = apiServer.open({
      ...{ method, path },
      headers: { ...pick(headers, passedIn), 'impersonate-user': role },
    });
  } catch (error) {
    return refuse(stream, 500, `the request cannot be made: ${(error as Error).message}`);
  }
  await exchange(stream, outgoing);
}

const notGranted = (role: string, roles: ReadonlySet<string>): string =>
  `the owner of this cluster has not granted the role ${role.slice(0, 64)}; granted: ${[...roles].join(', ') || 'none'}`;

async function exchange(stream: ServerHttp2Stream, outgoing: ClientRequest): Promise<void> {
  const stop = (): void => void outgoing.destroy();
  stream.once('close', stop);
  try {
    const answered = answerTo(outgoing);
    const [answer] = await Promise.all([answered, pipeline(stream, bounded, outgoing, { end: true })]);
    stream.respond(answerHeaders(answer), { waitForTrailers: true });
    stream.once('wantTrailers', () => stream.sendTrailers(whole));
    await pipeline(answer, stream);
  } catch (error) {
    outgoing.destroy();
    if (error instanceof TooLarge) return refuse(stream, 413, error.message);
    if (stream.headersSent) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    else refuse(stream, 503, `the API server does not answer: ${(error as Error).message}`);
  }
}

const answerTo = (outgoing: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    outgoing.once('response', resolve).once('error', reject);
    outgoing.once('close', () => reject(new Error('the connection was closed')));
  });

class TooLarge extends Error {}

async function* bounded(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const part of parts) {
    bytes += part.byteLength;
    if (bytes > maxBodyBytes) throw new TooLarge(`more than ${maxBodyBytes} bytes`);
    yield part;
  }
}

function pick(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

const answerHeaders = (answer: IncomingMessage): OutgoingHttpHeaders => ({
  ':status': answer.statusCode ?? 502,
  ...pick(answer.headers, passedOut),
});

const reasons: Readonly<Record<number, string>> = {
  403: 'Forbidden',
  405: 'MethodNotAllowed',
  413: 'RequestEntityTooLarge',
  503: 'ServiceUnavailable',
};

/** In Kubernetes' own words, so that kubectl can show it. */
function refuse(stream: ServerHttp2Stream, code: number, message: string): void {
  if (stream.destroyed || stream.headersSent) return;
  stream.resume();
  const reason = reasons[code] ?? 'InternalError';
  stream.respond({ ':status': code, 'content-type': 'application/json' }, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers(whole));
  stream.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code }));
}
