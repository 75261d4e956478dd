// A small real hub: HTTPS with mutual TLS, real certificates, and answers that a test can change.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import {
  type BatchReceipt,
  batchHeaders,
  type Heartbeat,
  RegistrationRequest,
  RenewalRequest,
} from '@yagura/contracts';
import { inflate, readBody } from '@yagura/kit';
import Value from 'typebox/value';
import { createTestAuthority, type TestAuthority } from './authority.ts';

export interface TakenBatch {
  readonly id: string;
  readonly lines: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly at: number;
  /** Serial number of the client certificate. */
  readonly serial: string;
}

export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface TestHub {
  readonly url: string;
  readonly authority: string;
  readonly token: string;
  readonly batches: TakenBatch[];
  readonly heartbeats: Heartbeat[];
  readonly calls: string[];
  lifeMs: number;
  /** Asked for each batch before it is taken; what it returns is answered instead. */
  refuse: (batch: TakenBatch) => Refusal | undefined | Promise<Refusal | undefined>;
  /** Asked for each call, by its path. */
  refuseCall: (path: string) => Refusal | undefined;
  readonly lines: readonly string[];
  /** Breaks all connections and stops listening. */
  stop(): Promise<void>;
  /** Listens again, on the same port. */
  start(): Promise<void>;
}

const token = 'a-registration-token';

export async function createTestHub(): Promise<TestHub> {
  const authority = await createTestAuthority();
  let server: Server | undefined;
  let port = 0;
  const hub: TestHub = {
    get url() {
      return `https://127.0.0.1:${port}`;
    },
    authority: authority.certificate,
    token,
    batches: [],
    heartbeats: [],
    calls: [],
    lifeMs: 3_600_000,
    refuse: () => undefined,
    refuseCall: () => undefined,
    get lines() {
      return this.batches.flatMap((batch) => batch.lines);
    },
    async stop() {
      const closed = new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
      server?.closeAllConnections();
      await closed;
    },
    async start() {
      const options = {
        ...authority.server,
        ca: authority.certificate,
        requestCert: true,
        rejectUnauthorized: false,
      };
      const made = createServer(
        options,
        (request, response) => void answer({ hub, authority }, request, response),
      );
      server = made;
      await new Promise<void>((resolve) => made.listen(port, '127.0.0.1', resolve));
      port = (made.address() as AddressInfo).port;
    },
  };
  await hub.start();
  return hub;
}

interface Parts {
  readonly hub: TestHub;
  readonly authority: TestAuthority;
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { status, headers, body } = await handle(parts, request);
    response.writeHead(status, headers).end(JSON.stringify(body ?? {}));
  } catch (error) {
    response.writeHead(500).end(JSON.stringify({ error: { code: 'INTERNAL', message: String(error) } }));
  }
}

async function handle(parts: Parts, request: IncomingMessage): Promise<Refusal> {
  const { hub } = parts;
  const path = request.url ?? '';
  hub.calls.push(path);
  const body = await readBody(request, 8 << 20);
  const refusal = hub.refuseCall(path);
  if (refusal) return refusal;
  if (path === '/v1/registrations') return registration(parts, JSON.parse(body.toString()));
  const serial = serialOf(request);
  if (serial === undefined)
    return { status: 401, body: { error: { code: 'CERTIFICATE_MISSING', message: 'none' } } };
  if (path === '/v1/renewals') return renewal(parts, JSON.parse(body.toString()));
  if (path === '/v1/heartbeats') {
    hub.heartbeats.push(JSON.parse(body.toString()));
    // Far below what a hub asks for, so that tests need not wait.
    return { status: 200, body: { nextInMs: 100 } };
  }
  return batch(hub, { headers: request.headers, body, serial });
}

function serialOf({ socket }: IncomingMessage): string | undefined {
  return socket instanceof TLSSocket && socket.authorized
    ? socket.getPeerCertificate().serialNumber
    : undefined;
}

async function registration({ hub, authority }: Parts, value: unknown): Promise<Refusal> {
  if (!Value.Check(RegistrationRequest, value))
    return { status: 400, body: { error: { code: 'REQUEST_INVALID' } } };
  if (value.token !== token)
    return {
      status: 403,
      body: { error: { code: 'TOKEN_REFUSED', message: 'unknown token', mend: 'make another' } },
    };
  const issued = await authority.issue(value.csr, hub.lifeMs);
  return { status: 200, body: { agentId: 'agent-1', authority: authority.certificate, ...issued } };
}

async function renewal({ hub, authority }: Parts, value: unknown): Promise<Refusal> {
  if (!Value.Check(RenewalRequest, value)) return { status: 400 };
  const issued = await authority.issue(value.csr, hub.lifeMs);
  return { status: 200, body: { agentId: 'agent-1', authority: authority.certificate, ...issued } };
}

async function batch(
  hub: TestHub,
  {
    headers,
    body,
    serial,
  }: { readonly headers: IncomingHttpHeaders; readonly body: Buffer; readonly serial: string },
): Promise<Refusal> {
  const text = (await inflate(body, headers['content-encoding'], 32 << 20)).toString();
  const lines = text.split('\n').slice(0, -1);
  const id = String(headers[batchHeaders.id]);
  if (lines.length !== Number(headers[batchHeaders.lines]))
    return { status: 400, body: { error: { code: 'BATCH_CUT' } } };
  const taken = { id, lines, headers, at: Date.now(), serial };
  const refusal = await hub.refuse(taken);
  if (refusal) return refusal;
  const duplicate = hub.batches.some((one) => one.id === id);
  if (!duplicate) hub.batches.push(taken);
  const receipt: BatchReceipt = {
    batch: id,
    accepted: lines.length,
    duplicate,
    rejected: [],
    rejectedTotal: 0,
  };
  return { status: 200, body: receipt };
}
