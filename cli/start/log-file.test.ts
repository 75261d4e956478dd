// Tests of the bounded log.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { LogFile } from './log-file.ts';

test('a log keeps what fits twice, and goes on where it stopped', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-log-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'logs', 'hub.log');
  {
    await using log = await LogFile.open(path, 100);
    await Promise.all(Array.from({ length: 25 }, (_, index) => log.write(Buffer.from(`line ${index}\n`))));
  }
  const both = readFileSync(`${path}.1`, 'utf8') + readFileSync(path, 'utf8');
  assert.ok(statSync(path).size <= 100 && statSync(`${path}.1`).size <= 100);
  assert.match(both, /line 23\nline 24\n$/);
  {
    await using log = await LogFile.open(path, 100);
    await log.write(Buffer.from('again\n'));
  }
  assert.match(readFileSync(`${path}.1`, 'utf8') + readFileSync(path, 'utf8'), /line 24\nagain\n$/);
});
