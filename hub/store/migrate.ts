// Brings the database's schema up to this version; runs at every start, under PostgreSQL's own lock.
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { HubError } from '../errors.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations/list.ts';

/** Multi-row upserts, `unnest` of several arrays and everything else used here hold from this version on. */
const oldestServer = 140_000;

/** Returns the names of what was done now. A database that a newer hub has migrated is refused. */
export async function migrate(db: Database): Promise<readonly string[]> {
  await checkServer(db);
  const migrator = new Migrator({
    db: db as unknown as Kysely<unknown>,
    provider: { getMigrations: async () => migrations },
    // Two series of numbers grow side by side, see migrations/list.ts.
    allowUnorderedMigrations: true,
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error instanceof Error && /corrupted migrations/.test(error.message))
    throw new HubError('DATABASE_NEWER', error.message, { cause: error });
  if (error) throw error;
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName);
}

async function checkServer(db: Database): Promise<void> {
  const { rows } = await sql<{
    version: string;
  }>`SELECT current_setting('server_version_num') AS version`.execute(db);
  const version = Number(rows[0]?.version);
  if (version < oldestServer) throw new HubError('DATABASE_TOO_OLD', `server_version_num is ${version}`);
}
