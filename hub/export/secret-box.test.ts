// Sealed secrets: opened by their key and owner only.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createSecretBox, openSecretBox } from './secret-box.ts';

test('what is sealed opens with the same key for the same owner', () => {
  const box = createSecretBox(randomBytes(32));
  const sealed = box.seal({ url: 'https://x/token' }, 'a');
  assert.ok(!Buffer.from(sealed, 'base64').includes('token'));
  assert.deepEqual(box.open(sealed, 'a'), { url: 'https://x/token' });
  assert.throws(() => box.open(sealed, 'b'));
  assert.throws(() => createSecretBox(randomBytes(32)).open(sealed, 'a'));
  assert.throws(() => box.open('', 'a'));
});

test('the key is made once, for its owner alone', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-key-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'export-key');
  const sealed = (await openSecretBox(file)).seal({ a: 'b' }, 'o');
  assert.deepEqual((await openSecretBox(file)).open(sealed, 'o'), { a: 'b' });
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});
