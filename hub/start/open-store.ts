// Brings up the database: the hub's own PostgreSQL or another, reachable and with its schema up to date.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, type Metrics, retry } from '@yagura/kit';
import { HubError } from '../errors.ts';
import { PostgresServer } from '../postgres/server.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { isDatabaseDown } from '../store/database-down.ts';
import { migrate } from '../store/migrate.ts';

export interface OpenStoreOptions {
  readonly dataFolder: string;
  readonly databaseUrl?: string | undefined;
  readonly isRoot: boolean;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly signal: AbortSignal;
}

export interface Store extends AsyncDisposable {
  readonly db: Database;
}

/** An outside server may come up later than the hub, as after a power cut. */
const patience = { minMs: 250, maxMs: 5_000, attempts: 30 };
/** Of binaries only, and only where PostgreSQL's user cannot reach the checkout. */
const cacheFolder = '/var/cache/yagura';

export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const { log, metrics, signal } = options;
  await using stack = new AsyncDisposableStack();
  const own = options.databaseUrl === undefined ? stack.use(await startOwn(options)) : undefined;
  const broken = metrics.counter('database_connections_broken_total', 'Idle connections that broke');
  const db = openDatabase({
    connection: own?.connection ?? { connectionString: options.databaseUrl ?? '' },
    onBroken: () => broken.inc(),
  });
  stack.defer(() => db.destroy());
  const done = await retry(() => migrate(db), {
    ...patience,
    signal,
    onRetry: (error, attempt) => {
      if (!isDatabaseDown(error)) throw error;
      if (attempt === 1) log.warn({ err: error }, 'the database cannot be reached yet; trying again');
    },
  }).catch((error: unknown) => {
    throw explain(error);
  });
  if (done.length > 0) log.info({ migrations: done }, 'the database schema is up to date');
  const kept = stack.move();
  return { db, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** SQLSTATE of a wrong user or password, a missing database, and missing rights. */
const refusals = /^(28|3D000|42501)/;

function explain(error: unknown): unknown {
  const { code, message } = error as { code?: unknown; message?: string };
  if (isDatabaseDown(error)) return new HubError('DATABASE_UNAVAILABLE', message, { cause: error });
  if (typeof code === 'string' && refusals.test(code))
    return new HubError('DATABASE_REFUSED', message, { cause: error });
  return error;
}

function startOwn({ dataFolder, isRoot, log, metrics }: OpenStoreOptions): Promise<PostgresServer> {
  const restarts = metrics.counter(
    'postgres_restarts_total',
    'Times that PostgreSQL had to be started again',
  );
  return PostgresServer.start({
    folder: join(dataFolder, 'postgres'),
    cacheFolder,
    temporaryFolder: tmpdir(),
    isRoot,
    log: log.child({ part: 'postgres' }),
    onRestart: () => restarts.inc(),
  });
}
