// Whom PostgreSQL runs as, what that user can reach, and links that npm left out.
import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { mendLinks } from './binaries.ts';
import { canPass, chooseRunUser, parseUsers } from './run-user.ts';
import { makeSocketFolder } from './socket-folder.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yagura-pg-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const stranger = { uid: 54_321, gid: 54_321 };

test('a postgres user is taken before nobody, and nobody where there is none', async () => {
  const list = join(folder, 'passwd');
  await writeFile(list, 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533::/:/bin/false\nbroken\n');
  assert.deepEqual(await chooseRunUser(join(folder, 'none'), list), { uid: 65_534, gid: 65_533 });
  await writeFile(list, 'nobody:x:65534:65534::/:/bin/false\npostgres:x:101:102::/:/bin/false\n');
  assert.deepEqual(await chooseRunUser(join(folder, 'none'), list), { uid: 101, gid: 102 });
  assert.deepEqual(await chooseRunUser(join(folder, 'none'), join(folder, 'missing')), {
    uid: 65_534,
    gid: 65_534,
  });
});

test('a user list is read as far as it is one', () => {
  assert.deepEqual([...parseUsers('a:x:1:2:::\nb:x:one:2\n:x:1:2\n').keys()], ['a']);
});

test('a folder can be passed if every folder above can', async () => {
  const inner = join(folder, 'closed', 'open');
  await mkdir(inner, { recursive: true });
  await chmod(folder, 0o711);
  await chmod(join(folder, 'closed'), 0o711);
  assert.equal(await canPass(inner, stranger), true);
  await chmod(join(folder, 'closed'), 0o700);
  assert.equal(await canPass(inner, stranger), false);
});

test('links that are listed and missing are made, once', async () => {
  await mkdir(join(folder, 'package', 'native', 'lib'), { recursive: true });
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(join(folder, 'package', 'native', 'pg-symlinks.json'), JSON.stringify(links));
  assert.equal(await mendLinks(join(folder, 'package')), 1);
  assert.equal(await mendLinks(join(folder, 'package')), 0);
  assert.equal(await readlink(join(folder, 'package', 'native', 'lib', 'libpq.so.5')), 'libpq.so.5.18');
});

test('a socket whose path is too long for the kernel lies in a temporary folder', async () => {
  const near = await makeSocketFolder(folder, tmpdir(), undefined);
  assert.equal(near.path, join(folder, 'run'));
  const deep = join(folder, 'd'.repeat(100));
  const far = await makeSocketFolder(deep, tmpdir(), undefined);
  assert.ok(Buffer.byteLength(far.path) < 90);
  await far.remove();
});
