// The command finds its packages however it is named: by npx, by the checkout's link, by a link of the user's own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

const versionOf = (command: string): string =>
  execFileSync(command, ['version'], { encoding: 'utf8', cwd: '/' });

test('npx, ./yagura and a link to it start the same command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-launcher-'));
  try {
    const own = join(folder, 'y');
    symlinkSync(join(root, 'yagura'), own);
    const versions = [join(root, 'node_modules/.bin/yagura'), join(root, 'yagura'), own].map(versionOf);
    assert.match(versions[0] ?? '', /^yagura \d/);
    assert.deepEqual(versions, [versions[0], versions[0], versions[0]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
