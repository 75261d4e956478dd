// A cluster whose audit log fell silent is named, until it speaks again or is revoked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCluster, ensureCluster, findCluster } from '../store/clusters.ts';
import { revokeCluster } from '../store/connections.ts';
import { recordClusterTraffic } from '../store/contacts.ts';
import { startTestDatabase } from '../testing/test-database.ts';
import { viewNow } from '../testing/view-now.ts';
import { auditLogFinding } from './audit-log-finding.ts';

const hourMs = 60 * 60_000;
const start = Date.parse('2026-01-02T03:00:00Z');

test('silent since, by webhook and by file; not before the first event, and not once revoked', async () => {
  await using database = await startTestDatabase();
  const { db } = database;
  for (const name of ['prod', 'gone', 'never']) await createCluster(db, name, start);
  for (const name of ['by-file', 'file-of-old']) await ensureCluster(db, name, start);
  const speak = (lastAt: number, ...names: readonly string[]): Promise<void> =>
    recordClusterTraffic(
      db,
      names.map((name) => ({ name, lastAt, events: 1 })),
    );
  await speak(start, 'prod', 'gone', 'by-file', 'file-of-old');
  await revokeCluster(db, 'gone', start);
  const findingAt = (now: number) =>
    auditLogFinding(db, { auditSilentMinutes: 60, auditCluster: 'by-file' }, now);
  const stateAt = async (now: number) =>
    (await findCluster(db, 'prod', { ...viewNow(), now, auditSilentAfterMs: hourMs }))?.auditLog;

  assert.equal((await findingAt(start + hourMs - 1)).healthy, true);
  assert.equal(await stateAt(start + hourMs - 1), 'flowing');
  const silent = await findingAt(start + hourMs);
  assert.equal(silent.healthy, false);
  assert.match(silent.message ?? '', /prod since 2026-01-02T03:00:00/);
  assert.match(silent.message ?? '', /by-file since/);
  assert.doesNotMatch(silent.message ?? '', /gone since|never|file-of-old/);
  assert.equal(await stateAt(start + hourMs), 'silent');

  await speak(start + hourMs, 'prod', 'by-file');
  assert.equal((await findingAt(start + hourMs)).healthy, true);
  assert.equal((await findCluster(db, 'never', viewNow()))?.auditLog, undefined);
});
