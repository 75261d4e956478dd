// Assembles the hub: event log, database, authority, rules, pipeline, both ports and the jobs.
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Clock, ConfigError, createMetrics, type Logger, type Metrics } from '@yagura/kit';
import { createAlertFeed } from './api/alert-feed.ts';
import type { Tls } from './api/listen.ts';
import { type Api, startApi } from './api/start-api.ts';
import { openAuthority } from './authority/authority.ts';
import { type HubConfig, incidentSettings, isLoopback, parseAddress } from './config.ts';
import { HubError } from './errors.ts';
import type { EventLog } from './event-log/event-log.ts';
import { openEventLog } from './event-log/open-event-log.ts';
import { startHubExports } from './export/start-hub-exports.ts';
import { readCharts } from './extensions/charts.ts';
import { createRecorder } from './incidents/recorder.ts';
import { startIngest } from './ingest/start-ingest.ts';
import { openInventory } from './inventory/open-inventory.ts';
import manifest from './package.json' with { type: 'json' };
import { startPipeline } from './pipeline/start-pipeline.ts';
import { openRuleBook, type RuleBook } from './rules/rule-book.ts';
import { startAuditFile } from './start/audit-file.ts';
import { auditLogFinding } from './start/audit-log-finding.ts';
import { createHubStatus } from './start/hub-status.ts';
import { keepRulesLive } from './start/live-rules.ts';
import { createNodeToken, type LocalAccess, writeCliFile } from './start/local-access.ts';
import { noteAbsence } from './start/note-absence.ts';
import { openStore } from './start/open-store.ts';
import { restoreMemory } from './start/restore-memory.ts';
import { startRetentionJob } from './start/retention-job.ts';
import { isDataRefused } from './store/data-refused.ts';
import { type Database, pingDatabase } from './store/database.ts';
import { defaultRetention } from './store/retention.ts';
import { saveMemory } from './store/rule-memory.ts';
import { ensureWorkspace } from './store/workspace.ts';
import { createTunnels } from './tunnel/tunnels.ts';

export interface HubOptions {
  readonly config: HubConfig;
  readonly clock: Clock;
  readonly log: Logger;
  readonly isRoot: boolean;
  /** Ends waiting for a database that does not come up. */
  readonly signal: AbortSignal;
}

/** What whoever started the hub needs to know to use it. */
export interface HubReady {
  readonly apiUrl: string;
  readonly agentsUrl: string;
  readonly workspace: string;
  readonly signInUrl: string;
  readonly adminToken: string;
  readonly registrationToken: string;
  readonly authorityFile: string;
}

export interface Hub extends AsyncDisposable {
  readonly ready: HubReady;
  /** Reads folders of rules and lists again. */
  reloadRules(): void;
}

/** Everything that a part needs of the parts before it. */
interface Ground {
  readonly options: HubOptions;
  readonly dataFolder: string;
  readonly metrics: Metrics;
  readonly db: Database;
  readonly eventLog: EventLog;
  readonly ruleBook: RuleBook;
  readonly workspace: string;
}

/** In this order, so that at the end each part still has what it needs: the ports close first, the database last. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { config, clock, log } = options;
  const tls = await checkSettings(config);
  const dataFolder = resolve(config.data);
  await mkdir(dataFolder, { recursive: true, mode: 0o755 });
  const metrics = createMetrics('yagura_hub');
  await using stack = new AsyncDisposableStack();
  // First: the queue's lock is what keeps a second hub from this data folder.
  const eventLog = stack.use(
    openEventLog({ dir: join(dataFolder, 'event-log'), limitBytes: config.eventLogBytes, clock, log }),
  );
  const { isRoot, signal } = options;
  const store = stack.use(
    await openStore({ dataFolder, databaseUrl: config.databaseUrl, isRoot, log, metrics, signal }),
  );
  const { db } = store;
  const state = await restoreMemory({ db, eventLog, log });
  const ruleBook = await openRuleBook({ db, folders: config, state, metrics, log });
  const workspace = await ensureWorkspace(db);
  const parts = await startParts(
    { options, dataFolder, metrics, db, eventLog, ruleBook, workspace },
    tls,
    stack,
  );
  const retention = { ...defaultRetention, ...config };
  const rules = () => ruleBook.rules().map(({ id }) => id);
  stack.use(startRetentionJob({ db, clock, log, metrics, retention, rules }));
  const kept = stack.move();
  return { ...parts, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function startParts(
  ground: Ground,
  tls: Tls | undefined,
  stack: AsyncDisposableStack,
): Promise<Pick<Hub, 'ready' | 'reloadRules'>> {
  const { options, dataFolder, db, eventLog, metrics, ruleBook, workspace } = ground;
  const { config, clock, log } = options;
  const feed = createAlertFeed();
  const recorder = createRecorder({ db, clock, log, metrics, settings: incidentSettings(config) });
  const { version } = manifest;
  const exports = stack.use(
    await startHubExports({
      ...{ db, clock, log, metrics, dataFolder, version, workspace },
      consoleUrl: config.publicUrl,
    }),
  );
  const pipeline = stack.use(
    startPipeline({
      ...{ eventLog, clock, log, metrics },
      ...(await openInventory({ db, clock, metrics, maxObjects: config.inventoryObjects })),
      engine: ruleBook.engine,
      saveMemory: (parts, place) => saveMemory(db, parts, place),
      record: recorder.record,
      isRefusal: isDataRefused,
      onAlerts: (changes) => {
        feed.publish([...changes, ...recorder.takeIncidents()]);
        exports.ring();
      },
    }),
  );
  const liveRules = stack.use(keepRulesLive({ ruleBook, pipeline, folders: config, db, log }));
  const authority = await openAuthority({
    dir: join(dataFolder, 'authority'),
    serverNames: config.agentNames,
    ...{ workspace, clock },
  });
  const tunnels = createTunnels({ log, metrics });
  const ingest = stack.use(
    await startIngest({
      ...{ authority, eventLog, db, workspace, tunnels, clock, log, metrics },
      maxAgents: config.maxAgents,
      listen: parseAddress(config.agents),
    }),
  );
  stack.use(await noteAbsence({ dataFolder, db, clock, log }));
  // After the port, so that they end before it: it waits for the connections that they hold.
  stack.use(tunnels);
  stack.use(startAuditFile({ config, dataFolder, eventLog, db, clock, log, contacts: ingest.contacts }));
  const agentsUrl = urlOf(config, ingest.address.port);
  const status = createHubStatus({
    ...{ version, workspace, clock, eventLog },
    exports: exports.finding,
    auditLogs: () => auditLogFinding(db, config, clock.now()),
    pingDatabase: () => pingDatabase(db),
    pipeline: pipeline.status,
    ruleProblems: ruleBook.problems,
  });
  const address = parseAddress(config.api);
  const api = stack.use(
    await startApi({
      ...fleetSettings(config),
      ...{ tunnels, retention: config },
      ...{ db, clock, log, metrics, feed, exports, status, workspace, agentsUrl, tls, version, ruleBook },
      ruleMemory: { ...ruleBook.engine.state, import: liveRules.importMemory },
      charts: await readCharts(fileURLToPath(new URL('../deploy/chart', import.meta.url))),
      authority: authority.certificate,
      consoleFolder: config.console ?? fileURLToPath(new URL('../console/dist', import.meta.url)),
      listen: { ...address, isLoopback: isLoopback(address.host) },
      publicUrl: config.publicUrl,
    }),
  );
  const ready = await describe(ground, api, { agentsUrl, authorityFile: authority.certificateFile });
  return { ready, reloadRules: liveRules.reload };
}

const fleetSettings = ({ maxAgents, clusterOfflineMinutes, auditSilentMinutes }: HubConfig) => ({
  maxAgents,
  clusterOfflineMs: clusterOfflineMinutes * 60_000,
  auditSilentMs: auditSilentMinutes * 60_000,
});

/** A certificate is for a name, which an address that the API listens on hardly ever is. */
const localAccess = ({ publicUrl, tlsCert }: HubConfig, api: Api): LocalAccess => ({
  url: publicUrl ?? api.url,
  ...(tlsCert === undefined ? {} : { caFile: resolve(tlsCert) }),
});

async function describe(
  { db, dataFolder, options: { clock, config }, workspace }: Ground,
  api: Api,
  agents: Pick<HubReady, 'agentsUrl' | 'authorityFile'>,
): Promise<HubReady> {
  const cliFile = join(dataFolder, 'run', 'cli.json');
  return {
    ...agents,
    apiUrl: api.url,
    workspace,
    signInUrl: (await api.makeSignInLink('long')).url,
    adminToken: await writeCliFile(db, clock, { path: cliFile, ...localAccess(config, api) }),
    registrationToken: await createNodeToken(db, clock),
  };
}

/** A wildcard address is none that others can use. */
function urlOf({ agents, agentNames }: HubConfig, port: number): string {
  const { host } = parseAddress(agents);
  const name = agentNames[0] ?? (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host);
  return `https://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

async function checkSettings(config: HubConfig): Promise<Tls | undefined> {
  if ((config.auditFile === undefined) !== (config.auditCluster === undefined))
    throw new ConfigError('auditCluster', 'not set', '--audit-file and --audit-cluster go together');
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined))
    throw new ConfigError('tlsKey', 'not set', '--tls-cert and --tls-key go together');
  const { host } = parseAddress(config.api);
  if (config.tlsCert === undefined || config.tlsKey === undefined) {
    if (!isLoopback(host)) throw new HubError('ADDRESS_NEEDS_TLS', config.api);
    return undefined;
  }
  try {
    return { cert: await readFile(config.tlsCert, 'utf8'), key: await readFile(config.tlsKey, 'utf8') };
  } catch (cause) {
    throw new HubError('TLS_FILES_INVALID', (cause as Error).message, { cause });
  }
}
