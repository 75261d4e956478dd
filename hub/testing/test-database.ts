// A real PostgreSQL for a test file: started in a temporary folder, gone at the end.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@yagura/kit';
import { PostgresServer } from '../postgres/server.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';

export interface TestDatabase extends AsyncDisposable {
  readonly db: Database;
  readonly server: PostgresServer;
  readonly folder: string;
}

export async function startTestDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-hub-'));
  const server = await startTestPostgres(folder);
  const db = openDatabase({ connection: server.connection });
  await migrate(db);
  return {
    db,
    server,
    folder,
    async [Symbol.asyncDispose]() {
      await db.destroy();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const startTestPostgres = (folder: string): Promise<PostgresServer> =>
  PostgresServer.start({
    folder: join(folder, 'postgres'),
    cacheFolder: join(folder, 'cache'),
    temporaryFolder: tmpdir(),
    isRoot: process.getuid?.() === 0,
    log: createLogger({ name: 'test', level: 'silent' }),
  });
