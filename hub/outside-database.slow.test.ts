// A hub over a PostgreSQL that is not its own, and an API with TLS.
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { get } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { startTestHub } from './testing/start-test-hub.ts';
import { startTestDatabase, type TestDatabase } from './testing/test-database.ts';

let outside: TestDatabase;
before(async () => {
  outside = await startTestDatabase();
});
after(() => outside[Symbol.asyncDispose]());

function url(over: { password?: string } = {}): string {
  const { host = '', user = '', password = '', database = '' } = { ...outside.server.connection, ...over };
  return `postgres://${user}:${encodeURIComponent(password)}@/${database}?host=${encodeURIComponent(host)}`;
}

test('with DATABASE_URL the hub starts no server of its own, and workspace and tokens live on there', async () => {
  const first = await startTestHub({ flags: { 'database-url': url() } });
  const { workspace } = first.ready;
  assert.equal((await first.fetch('/api/v1/alerts')).status, 200);
  assert.equal(await stat(join(first.folder, 'postgres')).catch(() => 'none'), 'none');
  await first[Symbol.asyncDispose]();
  await using second = await startTestHub({ flags: { 'database-url': url() } });
  assert.equal(second.ready.workspace, workspace);
  const { rows } = await sql`SELECT 1 FROM api_tokens WHERE name = 'local CLI'`.execute(outside.db);
  assert.equal(rows.length, 1);
});

test('a server that does not let the hub in is an error that says so', async () => {
  await assert.rejects(startTestHub({ flags: { 'database-url': url({ password: 'wrong' }) } }), {
    code: 'DATABASE_REFUSED',
  });
});

test('a database of a newer hub is refused', async () => {
  await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-from-the-future', 'x')`.execute(
    outside.db,
  );
  try {
    await assert.rejects(startTestHub({ flags: { 'database-url': url() } }), { code: 'DATABASE_NEWER' });
  } finally {
    await sql`DELETE FROM kysely_migration WHERE name = '9999-from-the-future'`.execute(outside.db);
  }
});

test('with a certificate the API speaks TLS, and a key of another is refused', async () => {
  // The certificate of another hub's agents' port is a real one for 127.0.0.1.
  await using other = await startTestHub({ flags: { 'database-url': url() } });
  const folder = join(other.folder, 'authority');
  await using hub = await startTestHub({
    flags: {
      'database-url': url(),
      'tls-cert': join(folder, 'server.pem'),
      'tls-key': join(folder, 'server.key'),
    },
  });
  assert.match(hub.ready.signInUrl, /^https:/);
  const ca = await readFile(join(folder, 'ca.pem'), 'utf8');
  const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
    get(`${hub.ready.apiUrl}/healthz`, { ca }, (response) => resolve(response.resume().headers)).on(
      'error',
      reject,
    );
  });
  assert.match(String(headers['strict-transport-security']), /max-age/);
  await assert.rejects(
    startTestHub({
      flags: {
        'database-url': url(),
        'tls-cert': join(folder, 'ca.pem'),
        'tls-key': join(folder, 'server.key'),
      },
    }),
    { code: 'TLS_FILES_INVALID' },
  );
});
