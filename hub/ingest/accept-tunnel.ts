// Lets the agent of a connected cluster turn its connection into a tunnel, for as long as its certificate holds.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorBody, openTunnel, tunnelProtocol } from '@yagura/contracts';
import type { Logger } from '@yagura/kit';
import type { Tunnel, Tunnels } from '../tunnel/tunnels.ts';
import { IngestError } from './errors.ts';
import type { Caller, Identity } from './identity.ts';

export interface AcceptTunnelOptions {
  readonly identity: Pick<Identity, 'identify'>;
  readonly tunnels: Pick<Tunnels, 'adopt'>;
  readonly log: Logger;
}

export type AcceptUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;

/** A certificate that was revoked or ran out ends its tunnel this much later at the most, and two seconds. */
const recheckMs = 5_000;

export function acceptTunnel({ identity, tunnels, log }: AcceptTunnelOptions): AcceptUpgrade {
  return async (request, socket, head) => {
    socket.on('error', (error) => log.debug({ err: error }, 'an upgrade broke'));
    try {
      const caller = await checked(request, head, identity);
      await write(socket, switching);
      const tunnel = tunnels.adopt(clusterOf(caller), socket);
      void recheck(tunnel, () => identity.identify(request));
    } catch (error) {
      const refusal = error instanceof IngestError ? error : new IngestError('INTERNAL');
      if (refusal !== error) log.error({ err: error }, 'an upgrade failed');
      refuse(socket, refusal);
    }
  };
}

const clusterOf = ({ cluster, name }: Caller): string => cluster ?? name;

async function checked(
  request: IncomingMessage,
  head: Buffer,
  identity: AcceptTunnelOptions['identity'],
): Promise<Caller> {
  const [path] = (request.url ?? '').split('?', 1);
  if (path !== openTunnel.path || request.method !== openTunnel.method)
    throw new IngestError('ROUTE_UNKNOWN');
  if (request.headers.upgrade?.toLowerCase() !== tunnelProtocol || head.length > 0)
    throw new IngestError('REQUEST_INVALID', `Upgrade: ${tunnelProtocol}, and nothing after it`);
  const caller = await identity.identify(request);
  if (caller.role !== 'cluster') throw new IngestError('ROLE_NOT_ALLOWED', `this is a ${caller.role}`);
  return caller;
}

async function recheck(tunnel: Tunnel, identify: () => Promise<Caller>): Promise<void> {
  const timer = setInterval(async () => {
    try {
      await identify();
    } catch (error) {
      // A database that is away is no reason to lose sight of a cluster.
      if (error instanceof IngestError && error.code !== 'UNAVAILABLE') tunnel.end(error.code);
    }
  }, recheckMs);
  await tunnel.closed;
  clearInterval(timer);
}

const switching = `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${tunnelProtocol}\r\n\r\n`;

/** HTTP/2 takes the connection over below node's streams: nothing of them may be under way by then. */
const write = (socket: Duplex, text: string): Promise<void> =>
  new Promise((resolve, reject) => socket.write(text, (error) => (error ? reject(error) : resolve())));

function refuse(socket: Duplex, { status, code, message, mend, retryAfterS }: IngestError): void {
  const body: ErrorBody = { error: { code, message, mend } };
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...(retryAfterS === undefined ? [] : [`Retry-After: ${retryAfterS}`]),
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}
