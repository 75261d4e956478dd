// What a room needs to run is found in the lock file, also where two versions of a package are installed.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageOfModule, readLock } from '../sbom/npm.ts';
import { closureOf, isNeeded } from './rooms.ts';

const packages = {
  hub: { name: '@house/hub', version: '1.0.0', dependencies: { '@house/kit': '1', a: '1', '@types/a': '1' } },
  kit: { name: '@house/kit', version: '1.0.0', dependencies: { b: '2' } },
  other: { name: '@house/other', version: '1.0.0', dependencies: { c: '1' } },
  'node_modules/@house/kit': { resolved: 'kit', link: true },
  'node_modules/@types/a': { version: '1.0.0' },
  'node_modules/a': { version: '1.0.0', dependencies: { b: '1' }, optionalDependencies: { missing: '1' } },
  'node_modules/a/node_modules/b': { version: '1.0.0', dependencies: { d: '1' } },
  'node_modules/b': { version: '2.0.0' },
  'node_modules/c': { version: '1.0.0' },
  'node_modules/d': { version: '1.0.0' },
};

test('an image has the tests of rules, and none of programs', () => {
  const paths = [
    'detection/rules/a.yaml',
    'detection/rules/a.test.yaml',
    'hub/a.test.ts',
    'hub/a.slow.test.ts',
  ];
  assert.deepEqual(paths.filter(isNeeded), paths.slice(0, 2));
});

test('the closure of a room', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-lock-'));
  try {
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
    const lock = await readLock(folder);
    assert.deepEqual(closureOf(lock, 'hub'), [
      'hub',
      'kit',
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/b',
      'node_modules/d',
    ]);
    assert.equal(lock.nameOf('node_modules/a/node_modules/b'), 'b');
    assert.throws(() => closureOf(lock, 'nowhere'), /npm install/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a bundled module belongs to the innermost package', () => {
  const of = (id: string): string | undefined => packageOfModule('/r', id);
  assert.equal(of('/r/node_modules/a/node_modules/@s/b/lib/x.js'), 'node_modules/a/node_modules/@s/b');
  assert.equal(of('\0/r/node_modules/a/index.js?commonjs'), 'node_modules/a');
  assert.equal(of('/r/sensor/publisher/main.ts'), undefined);
});
