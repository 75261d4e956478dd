// A loopback port for one run of kubectl: it passes requests to the hub's proxy and adds the token.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request as plainRequest,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { HubAddress } from '../hub-client/locate-hub.ts';

export interface Gate extends AsyncDisposable {
  /** With a secret in its path: other users of this machine reach the port, but not through it. */
  readonly url: string;
}

export interface GateOptions {
  readonly hub: HubAddress;
  readonly cluster: string;
  readonly role?: string | undefined;
  readonly signal: AbortSignal;
}

/** kubectl sends no credential over plain HTTP, and the hub's token shall not lie in a file. */
export async function openGate(options: GateOptions): Promise<Gate> {
  const secret = `/${randomBytes(24).toString('base64url')}`;
  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? '';
    if (!url.startsWith(`${secret}/`)) return void outgoing.writeHead(404).end();
    void pass(incoming, outgoing, { ...options, path: url.slice(secret.length) });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${secret}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { hub, cluster, role, path, signal }: GateOptions & { readonly path: string },
): Promise<void> {
  const target = new URL(`${hub.url}/api/v1/clusters/${encodeURIComponent(cluster)}/proxy${path}`);
  const { host: _host, connection: _connection, ...headers } = incoming.headers;
  const wish: RequestOptions = {
    method: incoming.method,
    signal,
    headers: {
      ...headers,
      authorization: `Bearer ${hub.token}`,
      ...(role === undefined ? {} : { 'impersonate-user': role }),
    },
  };
  try {
    const send = target.protocol === 'http:' ? plainRequest : tlsRequest;
    const request = send(target, wish);
    outgoing.once('close', () => request.destroy());
    const answered = once(request, 'response') as Promise<[IncomingMessage]>;
    const [[answer]] = await Promise.all([answered, pipeline(incoming, request)]);
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    await pipeline(answer, outgoing);
  } catch (error) {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end(`the hub does not answer: ${(error as Error).message}\n`);
  }
}
