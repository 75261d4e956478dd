// Keeps one tunnel to the hub open; in it the agent is the HTTP/2 server, though it dialled.
import { performServerHandshake, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { describe, type Health, type IdentityKeeper } from '@yagura/agent';
import { tunnelRingHeader } from '@yagura/contracts';
import { backoffMs, type Clock, type Logger, sleep } from '@yagura/kit';
import { type CarryOptions, carry } from './carry.ts';
import { dial, TunnelRefused } from './dial.ts';

export interface TunnelOptions extends CarryOptions {
  readonly keeper: Pick<IdentityKeeper, 'connection' | 'distrust'>;
  readonly health: Health;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info'>;
  readonly backoff?: { readonly minMs: number; readonly maxMs: number } | undefined;
  /** The hub says that there is something to ask for. */
  readonly onRing: () => void;
}

const defaultBackoff = { minMs: 1000, maxMs: 60_000 };
/** A tunnel that held this long was a good one: the next try is at once. */
const steadyMs = 60_000;
const pingMs = 20_000;
const settings = {
  enablePush: false,
  maxConcurrentStreams: 100,
  initialWindowSize: 256 * 1024,
} as const;

/** Runs until the signal fires. */
export async function runTunnel(options: TunnelOptions, signal: AbortSignal): Promise<void> {
  const { keeper, health, clock, log, backoff = defaultBackoff } = options;
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = clock.now();
    try {
      const connection = await keeper.connection(signal);
      const socket = await dial(connection, signal).catch((error: unknown) => {
        if (error instanceof TunnelRefused) keeper.distrust(connection, error.message);
        throw error;
      });
      health.set('tunnel', undefined);
      log.info('the tunnel is open');
      await serve(socket, options, signal);
      failures = clock.now() - startedAt > steadyMs ? 0 : failures + 1;
      health.set('tunnel', 'the tunnel was closed; dialling again');
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      health.set('tunnel', describe(error));
    }
    await sleep(backoffMs(Math.max(1, failures), backoff), signal).catch(() => {});
  }
}

/** Until the tunnel ends, from either side. */
async function serve(socket: Duplex, options: TunnelOptions, signal: AbortSignal): Promise<void> {
  const session = performServerHandshake(socket, { settings });
  const end = (): void => {
    session.destroy();
    socket.destroy();
  };
  session.on('stream', (stream, headers) => {
    if (headers[tunnelRingHeader] === undefined) void carry(stream, headers, options);
    else answerRing(stream, options.onRing);
  });
  // What broke it does not matter: the next dial tells whether the hub can be reached.
  session.on('error', end);
  socket.on('error', end);
  const timer = setInterval(() => ping(session, end), pingMs);
  signal.addEventListener('abort', end, { once: true });
  await new Promise<void>((resolve) => session.once('close', resolve));
  signal.removeEventListener('abort', end);
  clearInterval(timer);
  socket.destroy();
}

/** It carries nothing: what there is, the agent asks for itself. */
function answerRing(stream: ServerHttp2Stream, onRing: () => void): void {
  stream.on('error', () => {});
  stream.resume();
  stream.respond({ ':status': 204 }, { endStream: true });
  onRing();
}

/** A connection that a firewall forgot says nothing by itself. */
function ping(session: ServerHttp2Session, end: () => void): void {
  const timer = setTimeout(end, pingMs - 1000);
  const isSent = session.ping(() => clearTimeout(timer));
  if (!isSent) clearTimeout(timer);
}
