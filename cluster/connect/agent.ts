// The connect agent as a whole: identity, heartbeat, tunnel and extensions, beside one another.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  AgentError,
  createHealth,
  createRegistrar,
  type Identity,
  IdentityKeeper,
  loadIdentity,
  type Owner,
  runHeartbeat,
  saveIdentity,
} from '@yagura/agent';
import { backoffMs, type Clock, createBell, type Logger, sleep } from '@yagura/kit';
import { ClusterError } from '../errors.ts';
import { type ApiServer, createApiServer } from './api-server.ts';
import { createReconciler } from './extensions/create-reconciler.ts';
import { runExtensions } from './extensions/run-extensions.ts';
import { openIdentitySecret } from './identity-secret.ts';
import { createReporter, type ProcessFacts } from './report.ts';
import type { Settings } from './settings.ts';
import { runTunnel } from './tunnel.ts';

export interface ConnectOptions {
  readonly settings: Settings & { readonly apiServer: string };
  /** PEM of the hub's certificate authority. */
  readonly authority: string;
  readonly readToken: () => string | undefined;
  readonly facts: ProcessFacts;
  /** For what may be lost. */
  readonly temporaryFolder: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Waits between tries, where the defaults do not fit. */
  readonly backoff?: { readonly minMs: number; readonly maxMs: number };
}

/** Runs until the signal fires. Throws TOKEN_MISSING or API_SERVER_REFUSED if it cannot begin at all. */
export async function runConnect(options: ConnectOptions, signal: AbortSignal): Promise<void> {
  const { settings, authority, readToken, facts, clock, log, backoff } = options;
  const { workspace, cluster, hub: url, proxy, roles } = settings;
  using apiServer = createApiServer({
    url: settings.apiServer,
    authorityFile: settings.apiServerAuthority,
    tokenFile: settings.apiServerTokenFile,
    clock,
  });
  const owner = { workspace, name: cluster };
  const store = await openStore({ apiServer, settings, owner, log }, signal);
  if (store.stored === undefined && readToken() === undefined)
    throw new AgentError(
      'TOKEN_MISSING',
      'this cluster is not registered and there is no registration token',
    );
  const news = createBell();
  const health = createHealth(log, news.ring);
  const way = { url, authority, proxy };
  const registrar = createRegistrar({ ...way, owner, role: 'cluster', cluster, readToken, clock });
  const keeper = new IdentityKeeper({
    ...{ ...way, ...store, registrar, health, clock, log },
    ...(backoff ? { backoff } : {}),
  });
  const bell = createBell();
  const folder = options.temporaryFolder;
  const reconcile = await createReconciler({ apiServer, settings, authority, keeper, clock, folder });
  const reporter = createReporter({ apiServer, roles, health, facts, clock });
  const common = { keeper, health, clock, backoff };
  await Promise.all([
    keeper.run(signal),
    reporter.run(signal),
    runHeartbeat({ ...common, everyMs: settings.heartbeatMs, news, report: reporter.report }, signal),
    runTunnel({ ...common, apiServer, roles: new Set(roles), log, onRing: bell.ring }, signal),
    runExtensions({ ...common, log, bell, askMs: settings.extensionAskMs, reconcile }, signal),
  ]);
}

interface StoreOptions {
  readonly apiServer: ApiServer;
  readonly settings: Settings;
  readonly owner: Owner;
  readonly log: Logger;
}

interface Store {
  readonly stored: Identity | undefined;
  readonly save: (identity: Identity) => void | Promise<void>;
}

async function openStore(
  { apiServer, settings, owner, log }: StoreOptions,
  signal: AbortSignal,
): Promise<Store> {
  if (settings.identitySecret === undefined) {
    const folder = settings.data ?? '.';
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, 'identity.json');
    return { stored: loadIdentity(path, owner), save: (identity) => saveIdentity(path, identity) };
  }
  const secret = openIdentitySecret(apiServer, settings.identitySecret, owner);
  for (let tries = 1; ; tries++) {
    try {
      return { stored: await secret.load(), save: secret.save };
    } catch (error) {
      // Registering without having looked would use up the token for an identity that is there.
      if (!(error instanceof ClusterError) || error.code !== 'API_SERVER_UNREACHABLE') throw error;
      log.warn({ err: error }, 'waiting for the API server');
      await sleep(backoffMs(tries, { minMs: 500, maxMs: 15_000 }), signal);
    }
  }
}
