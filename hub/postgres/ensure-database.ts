// Makes the hub's database inside its own server, the first time.
import { sql } from 'kysely';
import { type Connection, openDatabase } from '../store/database.ts';

const databaseName = 'yagura';

export async function ensureDatabase(connection: Connection): Promise<Connection> {
  const db = openDatabase({ connection: { ...connection, database: 'postgres' }, maxConnections: 1 });
  try {
    const { rows } = await sql`SELECT 1 FROM pg_database WHERE datname = ${databaseName}`.execute(db);
    if (rows.length === 0) await sql`CREATE DATABASE ${sql.id(databaseName)}`.execute(db);
    return { ...connection, database: databaseName };
  } finally {
    await db.destroy();
  }
}
