// The hub's connection to PostgreSQL: a pool that outlives restarts of the server, and Kysely over it.
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

export interface Connection {
  /** `postgres://…`, or what the hub's own server gave. */
  readonly connectionString?: string;
  /** Address, or the folder of a Unix socket. */
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
}

export interface DatabaseOptions {
  readonly connection: Connection;
  readonly maxConnections?: number;
  /** Called when a connection breaks while no query runs on it, as at a restart of the server. */
  readonly onBroken?: (error: Error) => void;
}

/** Queries of people and of the pipeline take milliseconds; one that runs this long is stuck. */
const statementTimeoutMs = 30_000;
const connectTimeoutMs = 5_000;

/** Opens lazily: the first query connects. End it with `destroy()`. */
export function openDatabase({ connection, maxConnections = 10, onBroken }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    ...connection,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    keepAlive: true,
    application_name: 'yagura-hub',
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    types: { getTypeParser: parserOf },
  });
  // The pool listens to idle connections only: one that breaks between two queries of a transaction would end the
  // process. The next query on it fails, and the pool lets go of it.
  pool.on('connect', (client) => client.on('error', (error) => onBroken?.(error)));
  // Told for idle ones a second time.
  pool.on('error', () => undefined);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Throws when the database cannot be reached; used by health checks and at start. */
export async function pingDatabase(db: Database): Promise<void> {
  await sql`SELECT 1`.execute(db);
}

type Parser = (text: string) => unknown;
const int8 = 20;
const timestamptz = 1184;

function parserOf(oid: number, format?: 'text' | 'binary'): Parser {
  // Counts and sequences stay far below 2^53.
  if (oid === int8) return Number;
  if (oid === timestamptz) return rfc3339FromPostgres;
  return pg.types.getTypeParser(oid, format as 'text') as Parser;
}

/** `2026-01-02 03:04:05.123456+00` → `2026-01-02T03:04:05.123456Z`: a Date would cut the microseconds off. */
export const rfc3339FromPostgres = (text: string): string =>
  `${text.replace(' ', 'T').replace(/\+00$/, '')}Z`;
