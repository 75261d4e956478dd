// The agents' port for tests, whole and real: PostgreSQL, authority, event log, HTTPS; and agents that talk to it.
import { join } from 'node:path';
import type { AgentRole, IssuedCertificate } from '@yagura/contracts';
import { type ClientTls, createLogger, createMetrics, type Response, request } from '@yagura/kit';
import { type Authority, openAuthority } from '../authority/authority.ts';
import { createRequest } from '../authority/testing.ts';
import type { EventLog } from '../event-log/event-log.ts';
import { openEventLog } from '../event-log/open-event-log.ts';
import { type Ingest, startIngest } from '../ingest/start-ingest.ts';
import { createRegistrationToken } from '../store/registration-tokens.ts';
import { ensureWorkspace } from '../store/workspace.ts';
import { createTunnels, type Tunnels } from '../tunnel/tunnels.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

export interface TestAgentsPort extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly authority: Authority;
  readonly eventLog: EventLog;
  readonly ingest: Ingest;
  readonly tunnels: Tunnels;
  readonly workspace: string;
  readonly url: string;
  /** The hub's clock; move it with `at`. */
  readonly clock: { at: number | undefined; now(): number };
  token(wish?: { role?: AgentRole; name?: string; uses?: number; hours?: number }): Promise<string>;
  /** Registers and returns the TLS identity of the agent. */
  agent(name: string, wish?: { role?: AgentRole; cluster?: string }): Promise<TestAgent>;
  call(path: string, call: Call): Promise<Response>;
}

export interface TestAgent {
  readonly id: string;
  readonly tls: ClientTls;
}

export interface Call {
  readonly tls?: ClientTls;
  readonly body?: string | Uint8Array;
  readonly headers?: Record<string, string>;
}

export const silent = createLogger({ name: 'test', level: 'silent' });

export async function startTestAgentsPort(
  options: { logBytes?: number; maxAgents?: number } = {},
): Promise<TestAgentsPort> {
  const database = await startTestDatabase();
  const { db, folder } = database;
  const clock = { at: undefined as number | undefined, now: () => clock.at ?? Date.now() };
  const workspace = await ensureWorkspace(db);
  const authority = await openAuthority({
    dir: join(folder, 'authority'),
    workspace,
    serverNames: [],
    clock,
  });
  const limitBytes = options.logBytes ?? 256 * 1024 * 1024;
  const eventLog = openEventLog({ dir: join(folder, 'event-log'), limitBytes, clock, log: silent });
  const tunnels = createTunnels({ log: silent, metrics: createMetrics('tunnels') });
  const ingest = await startIngest({
    ...{ authority, eventLog, db, workspace, clock, tunnels },
    maxAgents: options.maxAgents ?? 10_000,
    log: silent,
    metrics: createMetrics('test'),
    listen: { host: '127.0.0.1', port: 0 },
  });
  const url = `https://127.0.0.1:${ingest.address.port}`;
  const anonymous: ClientTls = { ca: authority.certificate };
  const call: TestAgentsPort['call'] = (path, { tls = anonymous, body = '', headers = {} }) =>
    request({ method: 'POST', url: `${url}${path}`, body, headers, tls, timeoutMs: 20_000 });
  const token: TestAgentsPort['token'] = async (wish = {}) =>
    (await createRegistrationToken(db, { ...wish, createdBy: 'test', now: clock.now() })).token;
  return {
    ...{ database, authority, eventLog, ingest, tunnels, workspace, url, clock, token, call },
    async agent(name, { role = 'node', cluster } = {}) {
      const { csr, key } = await createRequest({ algorithm: 'Ed25519' });
      const wish = {
        workspace,
        token: await token({ role }),
        role,
        name,
        csr,
        ...(cluster ? { cluster } : {}),
      };
      const answer = await call('/v1/registrations', { body: JSON.stringify(wish) });
      if (answer.status !== 200) throw new Error(`registration: ${answer.status} ${answer.body}`);
      const issued = JSON.parse(answer.body.toString()) as IssuedCertificate;
      return { id: issued.agentId, tls: { ca: issued.authority, cert: issued.certificate, key } };
    },
    async [Symbol.asyncDispose]() {
      await tunnels[Symbol.asyncDispose]();
      await ingest[Symbol.asyncDispose]();
      eventLog[Symbol.dispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** The code of a refusal. */
export const codeOf = (answer: Response): string =>
  (JSON.parse(answer.body.toString()) as { error: { code: string } }).error.code;
