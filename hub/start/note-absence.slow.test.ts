// What a hub that was away says of the clusters whose API servers send by webhook.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createCluster, ensureCluster } from '../store/clusters.ts';
import { recordClusterTraffic } from '../store/contacts.ts';
import { readLosses } from '../store/losses.ts';
import { startTestDatabase } from '../testing/test-database.ts';
import { noteAbsence } from './note-absence.ts';

test('each gap counts once, for clusters by webhook that have sent, and a short one not at all', async (t) => {
  await using database = await startTestDatabase();
  const { db } = database;
  const dataFolder = mkdtempSync(join(tmpdir(), 'yagura-absence-'));
  t.after(() => rmSync(dataFolder, { recursive: true }));
  let now = Date.parse('2026-01-02T03:04:05Z');
  for (const name of ['by-webhook', 'silent']) await createCluster(db, name, now);
  await ensureCluster(db, 'by-file', now);
  await recordClusterTraffic(
    db,
    ['by-webhook', 'by-file'].map((name) => ({ name, lastAt: now, events: 1 })),
  );
  const runHub = async (): Promise<void> => {
    using _alive = await noteAbsence({ dataFolder, db, clock: { now: () => now }, log: { warn() {} } });
  };
  const losses = async (): Promise<readonly (readonly [string, number])[]> =>
    [...(await readLosses(db, 'cluster'))].map(([name, { lossTotal }]) => [name, lossTotal] as const);

  await runHub();
  now += 5_000;
  await runHub();
  assert.deepEqual(await losses(), [], 'a first start and a quick one are no gap');
  for (const gaps of [1, 2]) {
    now += 60_000;
    await runHub();
    assert.deepEqual(await losses(), [['by-webhook', gaps]]);
  }
});
