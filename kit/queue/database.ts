// The file of a queue: its tables, its pragmas, and what to do when it cannot be read.
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { KitError } from '../errors.ts';

const formatVersion = 1;

// Bodies lie in a table of their own, so that sums and drops never read them.
const schema = `
  CREATE TABLE block (seq INTEGER PRIMARY KEY, id TEXT, lines INTEGER NOT NULL, kinds TEXT NOT NULL,
    bytes INTEGER NOT NULL, at INTEGER NOT NULL);
  CREATE TABLE body (seq INTEGER PRIMARY KEY, body BLOB NOT NULL);
  CREATE TABLE seen (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
  CREATE TABLE dropped (kind TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1), removed INTEGER NOT NULL,
    since INTEGER NOT NULL, corruptions INTEGER NOT NULL);
`;

export interface FreshState {
  readonly since: number;
  readonly corruptions: number;
  /** The last seq that must not come again. */
  readonly removed: number;
}

/** Opens or makes the file; throws SQLite's own error if it is not readable. */
export function openDatabase(path: string, fresh: FreshState): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 500 });
  try {
    // EXCLUSIVE before WAL: one process only, no shared-memory file, and a second process is told so.
    db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 4194304; PRAGMA cache_size = -2048;
      PRAGMA temp_store = MEMORY; BEGIN IMMEDIATE`);
    prepareSchema(db, path, fresh);
    db.exec('COMMIT');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function prepareSchema(db: DatabaseSync, path: string, fresh: FreshState): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > formatVersion)
    throw new KitError('QUEUE_NEWER', `${path} has format ${version}, this version knows ${formatVersion}`);
  if (version === formatVersion) return;
  db.exec(schema);
  db.prepare('INSERT INTO state VALUES (1, ?, ?, ?)').run(fresh.removed, fresh.since, fresh.corruptions);
  db.exec(`PRAGMA user_version = ${formatVersion}`);
}

/** SQLite's primary result code, or 0. */
const sqliteCode = (error: unknown): number => Number((error as { errcode?: number }).errcode ?? 0) & 0xff;

const busy = 5;
const internallyCorrupt = new Set([11, 26]);

export const isCorrupt = (error: unknown): boolean => internallyCorrupt.has(sqliteCode(error));

/** The world's errors as ours; anything that is neither SQLite's nor the system's is a bug and stays as it is. */
export function toQueueError(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  const { message, syscall } = error as NodeJS.ErrnoException;
  if (code === 0 && syscall === undefined) return error;
  if (code === busy)
    return new KitError('QUEUE_IN_USE', `${path} is open in another process`, { cause: error });
  return new KitError('QUEUE_UNWRITABLE', `${path}: ${message}`, { cause: error });
}

/** Moves an unreadable file aside. Only the latest is kept, so that a bad disk does not fill up with them. */
export function moveAside(path: string, now: number): string {
  const prefix = `${basename(path)}.corrupt-`;
  for (const name of readdirSync(dirname(path)))
    if (name.startsWith(prefix)) rmSync(join(dirname(path), name), { force: true });
  const target = `${path}.corrupt-${now}`;
  renameSync(path, target);
  // A log without its file would be taken for the log of the new one.
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  return target;
}
