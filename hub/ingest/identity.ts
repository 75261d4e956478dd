// Who is calling on the agents' port: the client certificate, held against the authority, the clock and the store.
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Clock } from '@yagura/kit';
import { type AgentIdentity, type CertificateRecord, findCertificate } from '../store/agents.ts';
import type { Database } from '../store/database.ts';
import { type CachedLookup, createCachedLookup } from './cached-lookup.ts';
import { IngestError } from './errors.ts';
import { unavailable } from './unavailable.ts';

export interface Caller extends AgentIdentity {
  /** Of the certificate that it showed. */
  readonly serial: string;
}

export interface Identity {
  /** Throws an IngestError that says what is wrong with the certificate. */
  identify(request: IncomingMessage): Promise<Caller>;
  /** `undefined` where the caller showed no certificate at all. */
  hasCertificate(request: IncomingMessage): boolean;
}

/** A revoked certificate is refused this long after the revocation at the latest. */
const freshMs = 2_000;
/** How long known agents go on while the database is away: their events are safe in the event log meanwhile. */
const staleMs = 5 * 60_000;
const maxCertificates = 50_000;

export function createIdentity(db: Database, clock: Clock): Identity {
  const records = createCachedLookup<CertificateRecord>({
    clock,
    look: (serial) => findCertificate(db, serial),
    freshMs,
    staleMs,
    maxKeys: maxCertificates,
  });
  const peers = new WeakMap<TLSSocket, Peer>();
  const peerOf = (request: IncomingMessage): Peer => {
    const { socket } = request;
    if (!(socket instanceof TLSSocket)) return {};
    const held = peers.get(socket) ?? readPeer(socket);
    peers.set(socket, held);
    return held;
  };
  return {
    hasCertificate: (request) => peerOf(request).certificate !== undefined,
    identify: (request) => check(peerOf(request), records, clock.now()),
  };
}

interface Peer {
  readonly certificate?: { readonly serial: string; readonly notAfter: number };
  /** As OpenSSL names it. */
  readonly problem?: string;
}

function readPeer(socket: TLSSocket): Peer {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return {};
  const { serialNumber, validTo } = certificate;
  return {
    certificate: { serial: serialNumber.toUpperCase(), notAfter: Date.parse(validTo) },
    // Node's types say Error, what is there is OpenSSL's code as text.
    ...(socket.authorized ? {} : { problem: String(socket.authorizationError) }),
  };
}

async function check(peer: Peer, records: CachedLookup<CertificateRecord>, now: number): Promise<Caller> {
  const { certificate, problem } = peer;
  if (certificate === undefined) throw new IngestError('CERTIFICATE_MISSING');
  if (problem !== undefined && problem !== 'CERT_HAS_EXPIRED')
    throw new IngestError('CERTIFICATE_FOREIGN', problem);
  // Checked at each request: a connection may live longer than the certificate that opened it.
  if (problem !== undefined || certificate.notAfter <= now) throw new IngestError('CERTIFICATE_EXPIRED');
  const record = await unavailable(records.get(certificate.serial));
  if (record === undefined) throw new IngestError('CERTIFICATE_UNKNOWN');
  if (record.isRevoked) throw new IngestError('CERTIFICATE_REVOKED');
  return { ...record.agent, serial: certificate.serial };
}
