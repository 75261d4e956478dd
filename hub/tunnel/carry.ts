// One request through a tunnel: what goes in, what comes back, and nothing beside it.
import type { ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { pipeline, Readable, Transform } from 'node:stream';
import { tunnelRoleHeader, tunnelWholeTrailer } from '@yagura/contracts';
import { kubernetesStatus } from './kubernetes-status.ts';
import type { Tunnels } from './tunnels.ts';

export interface Carried {
  readonly cluster: string;
  readonly method: string;
  /** Path and query, as the API server knows them. */
  readonly path: string;
  readonly role: string;
  readonly actor: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Fires when whoever asked is gone. */
  readonly signal: AbortSignal;
}

/** Credentials, cookies and impersonation of who asks are none of the API server's business. */
const passedIn = ['accept', 'accept-encoding', 'content-type'];
const passedOut = ['content-type', 'content-encoding', 'audit-id', 'warning', 'retry-after', 'vary'];
/** Until the answer begins; a watch's answer begins at once and then stays open. */
const answerMs = 60_000;

export async function carry(tunnels: Pick<Tunnels, 'request'>, request: Carried): Promise<Response> {
  const stream = tunnels.request(request.cluster, headersOf(request));
  if (stream === 'none')
    return kubernetesStatus(
      503,
      `no tunnel to cluster ${request.cluster}: its agent is not connected just now`,
    );
  if (stream === 'full')
    return kubernetesStatus(429, `too many requests to cluster ${request.cluster} are under way`);
  const stop = (): void => stream.close();
  request.signal.addEventListener('abort', stop, { once: true });
  stream.once('close', () => request.signal.removeEventListener('abort', stop));
  stream.end(request.body);
  const answer = await answerOf(stream);
  return (
    answer ?? kubernetesStatus(503, `the tunnel to cluster ${request.cluster} broke before an answer came`)
  );
}

function headersOf({ method, path, role, actor, headers, body }: Carried): OutgoingHttpHeaders {
  const passed = passedIn.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passed),
    ':method': method,
    ':path': path,
    [tunnelRoleHeader]: role,
    // The API server's own audit log then tells who it was.
    'user-agent': `yagura-hub (${actor.replaceAll(/[^\w.:@ -]/g, '_').slice(0, 128)})`,
    ...(body.length > 0 ? { 'content-length': body.length } : {}),
  };
}

/** `undefined` where the stream ends without an answer. */
function answerOf(stream: ClientHttp2Stream): Promise<Response | undefined> {
  // From the start: what comes to a stream that has ended before anyone reads it is thrown away.
  const body = wholeBody(stream);
  return new Promise((resolve) => {
    stream.setTimeout(answerMs, () => stream.close());
    stream.on('error', () => resolve(undefined));
    stream.once('close', () => resolve(undefined));
    stream.once('response', (headers) => {
      stream.setTimeout(0);
      resolve(toResponse(headers, body));
    });
  });
}

/** Fails where the answer was cut short. */
function wholeBody(stream: ClientHttp2Stream): Transform {
  let isWhole = false;
  stream.once('trailers', (trailers) => {
    isWhole = trailers[tunnelWholeTrailer] !== undefined;
  });
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  const body = new Transform({
    transform: (part, _encoding, done) => done(null, part),
    flush: (done) =>
      void closed.then(() => done(isWhole ? null : new Error('the tunnel broke in the middle of an answer'))),
  });
  pipeline(stream, body, () => {});
  return body;
}

function toResponse(answered: IncomingHttpHeaders, body: Transform): Response {
  const status = Number(answered[':status']);
  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const name of passedOut) {
    const value = answered[name];
    if (value !== undefined) headers.set(name, String(value));
  }
  const isEmpty = status === 204 || status === 304;
  if (isEmpty) body.resume();
  return new Response(isEmpty ? null : (Readable.toWeb(body) as ReadableStream), { status, headers });
}
