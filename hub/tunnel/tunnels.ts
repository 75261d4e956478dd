// Open tunnels to connected clusters: HTTP/2 the other way round, over connections that their agents dialled.
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger, Metrics } from '@yagura/kit';

export interface Tunnels extends AsyncDisposable {
  isOpen(cluster: string): boolean;
  /** From now on requests for the cluster go here, and no longer to the tunnel before it. */
  adopt(cluster: string, socket: Duplex): Tunnel;
  /** `none`: there is no tunnel. `full`: as many requests as it may carry are under way. */
  request(cluster: string, headers: OutgoingHttpHeaders): ClientHttp2Stream | 'none' | 'full';
}

export interface Tunnel {
  readonly closed: Promise<void>;
  /** At once, with all that is under way. */
  end(reason: string): void;
}

/** Watches are requests too, and stay. */
const maxStreams = 100;
const pingMs = 20_000;
/** How long requests in a tunnel may go on after a newer one has taken its place. */
const replacedMs = 60_000;
const settings = { enablePush: false, initialWindowSize: 256 * 1024 } as const;

interface Held extends Tunnel {
  readonly session: ClientHttp2Session;
  streams: number;
}

export interface TunnelsOptions {
  readonly log: Logger;
  readonly metrics: Metrics;
}

export function createTunnels({ log, metrics }: TunnelsOptions): Tunnels {
  const open = new Map<string, Held>();
  let isEnding = false;
  const count = metrics.gauge('tunnels', 'Tunnels of connected clusters that are open');
  const forget = (cluster: string, tunnel: Held): void => {
    if (open.get(cluster) === tunnel) open.delete(cluster);
    count.set(open.size);
  };
  return {
    isOpen: (cluster) => open.has(cluster),
    adopt(cluster, socket) {
      const tunnel = hold(cluster, socket, log);
      void tunnel.closed.then(() => forget(cluster, tunnel));
      const before = open.get(cluster);
      open.set(cluster, tunnel);
      count.set(open.size);
      if (before !== undefined) retire(before);
      if (isEnding) tunnel.end('the hub stops');
      return tunnel;
    },
    request(cluster, headers) {
      const tunnel = open.get(cluster);
      if (tunnel === undefined || tunnel.session.closed || tunnel.session.destroyed) return 'none';
      if (tunnel.streams >= maxStreams) return 'full';
      // A GET would end by itself otherwise, before its (empty) body is written.
      const stream = tunnel.session.request(headers, { endStream: false });
      tunnel.streams += 1;
      stream.once('close', () => {
        tunnel.streams -= 1;
      });
      return stream;
    },
    async [Symbol.asyncDispose]() {
      isEnding = true;
      const all = [...open.values()];
      for (const tunnel of all) tunnel.end('the hub stops');
      await Promise.all(all.map(({ closed }) => closed));
    },
  };
}

function hold(cluster: string, socket: Duplex, log: Logger): Held {
  const session = connect('http://cluster', {
    createConnection: () => socket,
    settings,
    maxReservedRemoteStreams: 0,
  });
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const end = (reason: string): void => {
    if (session.destroyed) return;
    log.info({ cluster, reason }, 'the tunnel is ended');
    session.destroy();
    socket.destroy();
  };
  const timer = setInterval(() => ping(session, end), pingMs);
  session.on('error', (error) => log.warn({ err: error, cluster }, 'the tunnel broke'));
  session.once('close', () => {
    clearInterval(timer);
    socket.destroy();
    log.info({ cluster }, 'the tunnel is closed');
    resolve();
  });
  log.info({ cluster }, 'the tunnel is open');
  return { session, closed, end, streams: 0 };
}

/** A connection that a firewall forgot says nothing by itself. */
function ping(session: ClientHttp2Session, end: (reason: string) => void): void {
  const timer = setTimeout(() => end('the agent does not answer'), pingMs - 1000);
  const isSent = session.ping(() => clearTimeout(timer));
  if (!isSent) clearTimeout(timer);
}

function retire({ session, end, closed }: Held): void {
  session.close();
  const cancel = new AbortController();
  void closed.then(() => cancel.abort());
  void sleep(replacedMs, undefined, { signal: cancel.signal, ref: false }).then(
    () => end('a newer one took its place'),
    () => {},
  );
}
