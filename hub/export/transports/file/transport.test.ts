// The file destination: appended whole lines, for its owner only, with a bound.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OutgoingMessage } from '../../transport.ts';
import { file } from './transport.ts';

const message = (text: string): OutgoingMessage => ({
  ...{ key: 'a.1', change: 'raised', text, contentType: 'application/json', severity: 'high' },
});

test('lines are appended, and a full file makes way', async (t) => {
  const folder = join(await mkdtemp(join(tmpdir(), 'yagura-export-')), 'exports');
  t.after(() => rm(join(folder, '..'), { recursive: true }));
  const sender = file.open({
    ...{ name: 'archive', settings: {}, secrets: {}, folder, version: '0', now: () => 0 },
  });
  const { signal } = new AbortController();
  await sender.send([message('{"a":1}'), message('{"a":2}')], signal);
  await sender.send([message('{"a":3}')], signal);
  const path = join(folder, 'archive.ndjson');
  assert.equal(await readFile(path, 'utf8'), '{"a":1}\n{"a":2}\n{"a":3}\n');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  for (let turn = 0; turn < 5; turn += 1) {
    await truncate(path, 64 * 1024 * 1024);
    await sender.send([message('{"a":4}')], signal);
  }
  assert.deepEqual((await readdir(folder)).sort(), [
    'archive.ndjson',
    ...[1, 2, 3].map((number) => `archive.ndjson.${number}`),
  ]);
  assert.equal(await readFile(path, 'utf8'), '{"a":4}\n');
});

test('a folder that cannot be written is waited out', async () => {
  const sender = file.open({
    ...{ name: 'a', settings: {}, secrets: {}, folder: '/dev/null/nothing', version: '0', now: () => 0 },
  });
  await assert.rejects(sender.send([message('x')], new AbortController().signal), {
    name: 'DeliveryError',
    isFinal: false,
  });
});
