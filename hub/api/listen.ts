// Listens for the API and the console, with limits on what a client may hold open.
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { HubError } from '../errors.ts';

export interface Tls {
  readonly cert: string;
  readonly key: string;
}

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly tls?: Tls | undefined;
  readonly listener: RequestListener;
}

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  maxHeaderSize: 16 * 1024,
} as const;
const maxConnections = 2_000;
/** How long requests that are under way may take to end. */
const closeMs = 2_000;

export async function listen(options: ListenOptions): Promise<Listening> {
  const server = create(options);
  server.maxConnections = maxConnections;
  try {
    server.listen(options.port, options.host);
    await once(server, 'listening');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new HubError('ADDRESS_IN_USE', `${options.host}:${options.port}`, { cause });
    throw new Error(`cannot listen on ${options.host}:${options.port}: ${message}`, { cause });
  }
  const { address, family, port } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return { url: `${options.tls ? 'https' : 'http'}://${host}:${port}`, close: () => close(server) };
}

function create({ tls, listener }: ListenOptions): Server {
  if (tls === undefined) return createServer(limits, listener);
  try {
    return createTlsServer({ ...limits, ...tls, minVersion: 'TLSv1.2' }, listener);
  } catch (cause) {
    throw new HubError('TLS_FILES_INVALID', (cause as Error).message, { cause });
  }
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), closeMs);
  await closed;
  clearTimeout(timer);
}
