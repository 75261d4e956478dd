// `yagura analyze` on a file that is larger than the memory it may use.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { harmlessGet } from '../testing/audit-records.ts';
import { spawnCli } from '../testing/run-cli.ts';

test('memory does not grow with the file', { timeout: 120_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-analyze-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const record = `${JSON.stringify(harmlessGet('same'))}\n`;
  const records = Math.ceil((96 * 1024 * 1024) / record.length);
  writeFileSync(join(folder, 'large.log'), record.repeat(records));
  const run = await spawnCli(['analyze', '--json', join(folder, 'large.log')], {
    env: { NODE_OPTIONS: '--max-old-space-size=64' },
  });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, new RegExp(`${records} events`));
});
