// The hub's own PostgreSQL: made at the first start, kept running, and stopped with the hub.
import { chmod, mkdir } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { backoffMs, type Logger, sleep } from '@yagura/kit';
import type { Connection } from '../store/database.ts';
import { type Binaries, findBinaries, mendLinks, reachableBinaries } from './binaries.ts';
import { type Cluster, ensureCluster, superuser } from './cluster.ts';
import { ensureDatabase } from './ensure-database.ts';
import { launch, type RunningServer } from './launch.ts';
import { clearOrphan } from './orphan.ts';
import { canPass, chooseRunUser, type RunUser } from './run-user.ts';
import { makeSocketFolder, type SocketFolder } from './socket-folder.ts';

export interface PostgresOptions {
  /** Below the data folder; whoever calls holds the data folder's lock. */
  readonly folder: string;
  /** Where binaries are copied if the unprivileged user cannot reach them and cannot reach `folder` either. */
  readonly cacheFolder: string;
  readonly temporaryFolder: string;
  readonly isRoot: boolean;
  readonly log: Logger;
  /** Called each time that it had to be started again. */
  readonly onRestart?: () => void;
}

const restart = { minMs: 100, maxMs: 10_000 };
/** A server that ran this long counts as healthy: the next failure begins with a short wait again. */
const healthyMs = 30_000;

export class PostgresServer implements AsyncDisposable {
  /** Of the hub's database. */
  connection: Connection;
  readonly #start: () => Promise<RunningServer>;
  readonly #sockets: SocketFolder;
  readonly #log: Logger;
  readonly #onRestart: () => void;
  readonly #stopped = new AbortController();
  #running: RunningServer | undefined;
  #watch: Promise<void> = Promise.resolve();

  private constructor(parts: {
    readonly cluster: Cluster;
    readonly sockets: SocketFolder;
    readonly log: Logger;
    readonly start: () => Promise<RunningServer>;
    readonly onRestart: (() => void) | undefined;
  }) {
    this.#start = parts.start;
    this.#sockets = parts.sockets;
    this.#log = parts.log;
    this.#onRestart = parts.onRestart ?? (() => undefined);
    this.connection = { host: parts.sockets.path, user: superuser, password: parts.cluster.password };
  }

  /** Resolves when it takes connections. */
  static async start(options: PostgresOptions): Promise<PostgresServer> {
    const { folder, log } = options;
    await mkdir(folder, { recursive: true });
    const user = options.isRoot ? await chooseRunUser(join(folder, 'data')) : undefined;
    // The socket and the cluster lie in folders of PostgreSQL's user inside this one.
    await chmod(folder, user ? 0o711 : 0o700);
    const binaries = await prepareBinaries(options, user);
    const cluster = await ensureCluster(folder, binaries, user);
    if (cluster.created) log.info({ folder: cluster.folder }, 'made a new database');
    const sockets = await makeSocketFolder(folder, options.temporaryFolder, user);
    const start = async () => {
      await clearOrphan(cluster.folder, log);
      return launch({
        postgres: binaries.postgres,
        cluster: cluster.folder,
        socketFolder: sockets.fromCluster,
        user,
        onLine: (line) => logLine(log, line),
      });
    };
    const server = new PostgresServer({ cluster, sockets, log, start, onRestart: options.onRestart });
    await server.#begin();
    return server;
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped.abort(new Error('the hub stops PostgreSQL'));
    await this.#running?.stop();
    await this.#watch;
    await this.#sockets.remove();
  }

  async #begin(): Promise<void> {
    try {
      this.#running = await this.#start();
      this.connection = await ensureDatabase(this.connection);
    } catch (error) {
      await this.#running?.stop();
      await this.#sockets.remove();
      throw error;
    }
    this.#watch = this.#keepRunning(this.#running);
  }

  async #keepRunning(first: RunningServer): Promise<void> {
    let running = first;
    for (let failures = 0; ; ) {
      const since = performance.now();
      const end = await running.ended;
      this.#running = undefined;
      if (this.#stopped.signal.aborted) return;
      failures = performance.now() - since > healthyMs ? 1 : failures + 1;
      this.#log.error({ ...end }, 'PostgreSQL ended unexpectedly; starting it again');
      const next = await this.#startAgain(failures);
      if (next === undefined) return;
      running = next;
    }
  }

  async #startAgain(failures: number): Promise<RunningServer | undefined> {
    for (let attempt = failures; ; attempt++) {
      try {
        await sleep(backoffMs(attempt, restart), this.#stopped.signal);
        const next = await this.#start();
        this.#onRestart();
        this.#running = next;
        if (this.#stopped.signal.aborted) await next.stop();
        return next;
      } catch (error) {
        if (this.#stopped.signal.aborted) return undefined;
        this.#log.error({ err: error }, 'PostgreSQL does not start; trying again');
      }
    }
  }
}

async function prepareBinaries(options: PostgresOptions, user: RunUser | undefined): Promise<Binaries> {
  const packageFolder = await findBinaries(platform(), arch());
  const mended = await mendLinks(packageFolder);
  if (mended > 0) options.log.info({ mended }, 'made the library links that npm had left out');
  const isNear = user === undefined || (await canPass(options.folder, user));
  return reachableBinaries(packageFolder, isNear ? options.folder : options.cacheFolder, user);
}

function logLine(log: Logger, line: string): void {
  const text = line.replace(/^[A-Z]+:\s+/, '');
  if (line.startsWith('PANIC:')) log.error({ postgres: line }, text);
  else if (line.startsWith('FATAL:') || line.startsWith('WARNING:')) log.warn({ postgres: line }, text);
  else log.debug({ postgres: line }, text);
}
