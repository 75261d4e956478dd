// A connection that breaks while nobody asks anything of it: idle in the pool, or between two queries of a transaction.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { pingDatabase } from './database.ts';

let fixture: TestDatabase;
before(async () => {
  fixture = await startTestDatabase();
});
after(() => fixture[Symbol.asyncDispose]());

const backend = sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`;

test('it costs the transaction, and neither the process nor the next query', async () => {
  const { db } = fixture;
  const work = db.transaction().execute(async (transaction) => {
    const { rows } = await backend.execute(transaction);
    await sql`SELECT pg_terminate_backend(${rows[0]?.pid})`.execute(db);
    // The end arrives while no query runs.
    await sleep(300);
    await pingDatabase(transaction);
  });
  await assert.rejects(work, /terminat|not queryable|connection/i);
  await pingDatabase(db);
});
