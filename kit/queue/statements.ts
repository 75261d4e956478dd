// The prepared statements of a queue, and rows as typed values.
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

export const prepareStatements = (db: DatabaseSync) => ({
  begin: db.prepare('BEGIN IMMEDIATE'),
  commit: db.prepare('COMMIT'),
  rollback: db.prepare('ROLLBACK'),
  totals: db.prepare(
    'SELECT count(*) AS blocks, total(lines) AS lines, total(bytes) AS bytes, max(seq) AS last FROM block',
  ),
  state: db.prepare('SELECT removed, since, corruptions FROM state'),
  dropped: db.prepare('SELECT kind, count FROM dropped'),
  seen: db.prepare('SELECT 1 FROM seen WHERE id = ?'),
  remember: db.prepare('INSERT INTO seen VALUES (?, ?)'),
  forget: db.prepare('DELETE FROM seen WHERE seq <= ?'),
  addBlock: db.prepare('INSERT INTO block VALUES (?, ?, ?, ?, ?, ?)'),
  addBody: db.prepare('INSERT INTO body VALUES (?, ?)'),
  oldest: db.prepare('SELECT seq, lines, kinds, bytes, at FROM block ORDER BY seq LIMIT 1'),
  heads: db.prepare('SELECT seq, id, lines, kinds, bytes, at FROM block WHERE seq > ? ORDER BY seq LIMIT ?'),
  body: db.prepare('SELECT body FROM body WHERE seq = ?'),
  upto: db.prepare(
    'SELECT count(*) AS blocks, total(lines) AS lines, total(bytes) AS bytes FROM block WHERE seq <= ?',
  ),
  deleteBlocks: db.prepare('DELETE FROM block WHERE seq <= ?'),
  deleteBodies: db.prepare('DELETE FROM body WHERE seq <= ?'),
  markRemoved: db.prepare('UPDATE state SET removed = ?'),
  countDropped: db.prepare(
    'INSERT INTO dropped VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET count = count + excluded.count',
  ),
  freePages: db.prepare('PRAGMA freelist_count'),
});

export type Statements = ReturnType<typeof prepareStatements>;

/** Kinds as this file wrote them. */
export function parseKinds(text: SQLOutputValue | undefined): Record<string, number> {
  const value: unknown = JSON.parse(String(text));
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([kind, count]) => [kind, Number(count)]));
}

export const numberOf = (row: Row | undefined, key: string): number => Number(row?.[key] ?? 0);
