// A node image holds its program and what that needs, runs on its own, and says what is in it.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const mebibyte = 1024 * 1024;
/** What runs on every node. The connect agent runs once per cluster, and has Helm with it. */
const [limitBytes, connectLimitBytes] = [150 * mebibyte, 230 * mebibyte];

async function layOut(
  name: string,
): Promise<{ readonly layers: readonly string[]; readonly root: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-image-'));
  const main = join(import.meta.dirname, 'main.ts');
  await exec(process.execPath, [main, 'layout', name, '--out', join(folder, 'layers')]);
  const layers = ['base', 'node', 'program'].map((layer) => join(folder, 'layers', layer));
  const root = join(folder, 'root');
  await mkdir(root);
  for (const layer of layers) await exec('cp', ['-a', `${layer}/.`, root]);
  return { layers, root, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

const hasGo = (): boolean => spawnSync('go', ['version']).status === 0;

const programs: readonly [name: string, main: string, packages: readonly string[]][] = [
  ['collector', 'sensor/collector/main.ts', ['node', 'typebox', 'pino']],
  ['publisher', 'sensor/publisher/main.ts', ['node', 'typebox', 'pino']],
  ['inventory', 'cluster/inventory/main.ts', ['node', 'pino']],
  ['connect', 'cluster/connect/main.ts', ['node', 'typebox', 'pino', 'helm.sh/helm/v4']],
];

for (const [name, main, packages] of programs)
  test(`the image of the ${name}`, async (t) => {
    if (name === 'connect' && !hasGo()) return t.skip('needs Go, to build Helm: install Go 1.26 or newer');
    if (process.getuid?.() !== 0) return t.skip('needs root, to change its root: run npm test as root');
    await using image = await layOut(name);
    const bytes = await sizeOf(image.root);
    t.diagnostic(`${(bytes / 1024 / 1024).toFixed(1)} MiB`);
    assert.ok(bytes < (name === 'connect' ? connectLimitBytes : limitBytes), `${bytes} bytes`);

    const { stdout } = await exec('chroot', [
      image.root,
      '/usr/bin/node',
      `/yagura/${name}/main.js`,
      '--help',
    ]);
    assert.match(stdout, new RegExp(`Usage: node ${main}`));

    assert.deepEqual(await readdir(join(image.root, 'usr/bin')), ['node'], 'no shell, no package manager');
    const sbom = JSON.parse(
      await readFile(join(image.root, `usr/share/sbom/yagura-${name}.cdx.json`), 'utf8'),
    );
    const names = sbom.components.map((component: { name: string }) => component.name);
    for (const expected of packages) assert.ok(names.includes(expected), expected);
    assert.equal(names.includes('rolldown'), false, 'what only builds is not in it');
    const notices = await readFile(join(image.root, 'usr/share/doc/yagura/third-party-licences.txt'), 'utf8');
    assert.match(notices, /pino [\d.]+/);
  });
