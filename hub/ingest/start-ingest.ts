// The agents' port: HTTPS with client certificates, judged per request so that every refusal says what is wrong.
import { once } from 'node:events';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Clock, Logger, Metrics } from '@yagura/kit';
import type { Authority } from '../authority/authority.ts';
import type { EventLog } from '../event-log/event-log.ts';
import type { Database } from '../store/database.ts';
import type { Tunnels } from '../tunnel/tunnels.ts';
import { acceptTunnel } from './accept-tunnel.ts';
import { createAnswer } from './answer.ts';
import { createAuditCredential } from './audit-credential.ts';
import { type ContactBook, openContactBook } from './contact-book.ts';
import { createIdentity, type Identity } from './identity.ts';
import { createIngestMetrics } from './ingest-metrics.ts';
import { createRouter, type Route } from './route.ts';
import { extensionRoutes } from './routes/exchange-extensions.ts';
import { registerRoute } from './routes/register.ts';
import { renewRoute } from './routes/renew.ts';
import { sendAuditRoute } from './routes/send-audit.ts';
import { sendBatchRoute } from './routes/send-batch.ts';
import { sendHeartbeatRoute } from './routes/send-heartbeat.ts';
import { createSlots, createTurns } from './slots.ts';

export interface IngestOptions {
  readonly authority: Authority;
  readonly eventLog: EventLog;
  readonly db: Database;
  readonly workspace: string;
  readonly tunnels: Tunnels;
  /** Names that may be registered in all. */
  readonly maxAgents: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly listen: { readonly host: string; readonly port: number };
}

export interface Ingest extends AsyncDisposable {
  readonly address: AddressInfo;
  /** For sources inside the hub, such as an audit file. */
  readonly contacts: ContactBook;
}

/** Slow senders hold a connection, not a slot: what they may take is bounded by time. */
const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 5_000,
  handshakeTimeout: 10_000,
} as const;
const maxHeaderSize = 16 * 1024;
const maxConnections = 10_000;
const renewalLookMs = 3_600_000;
/** Bodies under way, compressed: 4 MiB each for batches, 32 MiB each for audit. */
const batchSlots = { perSender: 2, total: 64 };
const auditSlots = { perSender: 4, total: 16 };
/** Bodies inflated in memory at once. */
const inflatedAtOnce = 2;

export async function startIngest(options: IngestOptions): Promise<Ingest> {
  const { authority, db, clock, log } = options;
  const metrics = createIngestMetrics(options.metrics);
  const contacts = openContactBook({ db, clock, log, metrics });
  const identity = createIdentity(db, clock);
  const answer = createAnswer({ router: createRouter(routesOf(options, contacts, identity)), log, metrics });
  const server = createServer({ ...timeouts, maxHeaderSize, ...(await tlsOf(authority)) }, answer);
  server.on('upgrade', acceptTunnel({ identity, tunnels: options.tunnels, log }));
  server.maxConnections = maxConnections;
  server.on('connection', (socket) => {
    metrics.connections.inc();
    socket.once('close', () => metrics.connections.dec());
  });
  server.on('tlsClientError', (error) => log.debug({ err: error }, 'TLS handshake failed'));
  await listening(server, options.listen);
  const timer = setInterval(() => void renewTls(server, authority, log), renewalLookMs);
  return {
    address: server.address() as AddressInfo,
    contacts,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await closed(server);
      await contacts[Symbol.asyncDispose]();
    },
  };
}

function routesOf(options: IngestOptions, contacts: ContactBook, identity: Identity): readonly Route[] {
  const { db, clock, log, eventLog } = options;
  const credential = createAuditCredential({ db, clock, identity });
  const taking = { eventLog, contacts, turns: createTurns(inflatedAtOnce) };
  return [
    sendBatchRoute({ ...taking, identity, slots: createSlots(batchSlots) }),
    sendAuditRoute({ ...taking, credential, slots: createSlots(auditSlots) }),
    sendHeartbeatRoute({ db, identity, clock }),
    ...extensionRoutes({ db, identity, clock, log }),
    registerRoute(options),
    renewRoute({ ...options, identity }),
  ];
}

async function tlsOf(authority: Authority): Promise<ServerOptions> {
  const { cert, key } = await authority.serverCredentials();
  return {
    cert,
    key,
    ca: authority.certificate,
    minVersion: 'TLSv1.2',
    requestCert: true,
    // Judged per request: an alert in the handshake would tell the agent nothing.
    rejectUnauthorized: false,
  };
}

async function renewTls(server: Server, authority: Authority, log: Logger): Promise<void> {
  try {
    server.setSecureContext(await tlsOf(authority));
  } catch (error) {
    log.error(
      { err: error },
      'the certificate of the agents’ port could not be renewed; trying again in an hour',
    );
  }
}

async function listening(server: Server, { host, port }: IngestOptions['listen']): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

const closeMs = 3_000;

/** Lets requests that are under way end, for a while. */
async function closed(server: Server): Promise<void> {
  const done = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), closeMs);
  await done;
  clearTimeout(timer);
}
