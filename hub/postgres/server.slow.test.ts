// The hub's own PostgreSQL through every way in which it can be cut short.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../store/database.ts';
import { startTestPostgres } from '../testing/test-database.ts';
import type { PostgresServer } from './server.ts';

let folder: string;
let server: PostgresServer;
let db: Database;
before(async () => {
  // As `mktemp -d` makes it: closed to everyone but its owner, and so to PostgreSQL's user.
  folder = await mkdtemp(join(tmpdir(), 'yagura-pg-'));
  await chmod(folder, 0o700);
  // What an initdb that was killed leaves behind.
  await mkdir(join(folder, 'postgres', 'data.new', 'base'), { recursive: true });
  await writeFile(join(folder, 'postgres', 'data.new', 'PG_VERSION'), '18\n');
  await open();
  await sql`CREATE TABLE kept (n int)`.execute(db);
});
after(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  server = await startTestPostgres(folder);
  db = openDatabase({ connection: server.connection });
}
async function close(): Promise<void> {
  await db.destroy();
  await server[Symbol.asyncDispose]();
}
const write = (n: number) => sql`INSERT INTO kept VALUES (${sql.lit(n)})`.execute(db);
const read = async () =>
  (await sql<{ n: number }>`SELECT n FROM kept ORDER BY n`.execute(db)).rows.map(({ n }) => n);

async function eventually<T>(look: () => Promise<T>, withinMs = 15_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > until) throw error;
      await delay(50);
    }
  }
}

test('what an interrupted initdb left is done again, and nothing of it stays', async () => {
  assert.equal(await stat(join(folder, 'postgres', 'data.new')).catch(() => 'gone'), 'gone');
  assert.deepEqual(await read(), []);
});

test('it does not run as root, writes durably, and listens on no address', async () => {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  assert.doesNotMatch(status, /^Uid:\s+0\b/m);
  const settings = async (name: string) =>
    (await sql<{ v: string }>`SELECT current_setting(${name}) AS v`.execute(db)).rows[0]?.v;
  assert.equal(await settings('fsync'), 'on');
  assert.equal(await settings('listen_addresses'), '');
});

test('a wrong password is refused even on the socket', async () => {
  const stranger = openDatabase({ connection: { ...server.connection, password: 'wrong' } });
  await assert.rejects(sql`SELECT 1`.execute(stranger), /password authentication failed/);
  await stranger.destroy();
});

test('after kill -9 it is started again, with all that was committed, and the same pool goes on', async () => {
  await write(1);
  const killed = server.pid;
  assert.ok(killed);
  process.kill(killed, 'SIGKILL');
  // Sessions of the killed server may still answer for a moment.
  await eventually(async () => assert.ok(server.pid !== undefined && server.pid !== killed));
  await eventually(() => write(2));
  assert.deepEqual(await read(), [1, 2]);
});

test('a second start finds its data, and is quick', async () => {
  await close();
  const startedAt = performance.now();
  await open();
  assert.ok(performance.now() - startedAt < 5_000);
  assert.deepEqual(await read(), [1, 2]);
});

test('a pid file that names a living process of somebody else is no hindrance', async () => {
  await close();
  const other = spawn('sleep', ['60']);
  await once(other, 'spawn');
  await writeFile(
    join(folder, 'postgres', 'data', 'postmaster.pid'),
    `${other.pid}\n/proc/self/cwd\n1\n5432\n../run\n\n  1 1\nready\n`,
  );
  await open();
  assert.deepEqual(await read(), [1, 2]);
  assert.equal(other.exitCode, null);
  other.kill();
});

test('it ends when its hub is killed, and a hub that starts meanwhile waits for that', async () => {
  await close();
  const hub = spawn(process.execPath, ['--input-type=module', '-e', childProgram, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  });
  const [line] = await once(hub.stdout, 'data');
  const left = Number(String(line));
  assert.ok(left > 1);
  hub.kill('SIGKILL');
  await open();
  assert.notEqual(server.pid, left);
  assert.deepEqual(await read(), [1, 2]);
  // Gone, or dead and not yet collected by this machine's init.
  assert.match(
    await readFile(`/proc/${left}/status`, 'utf8').catch(() => 'State:\tgone'),
    /^State:\s+(Z|gone)/m,
  );
});

const childProgram = `
import { startTestPostgres } from ${JSON.stringify(new URL('../testing/test-database.ts', import.meta.url).href)};
const server = await startTestPostgres(process.argv[1]);
process.stdout.write(String(server.pid));
setInterval(() => {}, 1000);`;
