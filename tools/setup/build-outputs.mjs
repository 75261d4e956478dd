// Builds sensor and console when what they are made from has changed since the last build.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { run } from './command.mjs';
import { during, say } from './say.mjs';
import { missingSystemPackages } from './system-packages.mjs';

const isBuilt = /(^|\/)(node_modules|dist|build)(\/|$)|\.test\.tsx?$/;

const sourceFiles = (root, folder, suffixes) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && suffixes.some((suffix) => entry.name.endsWith(suffix)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !isBuilt.test(path.slice(root.length)))
    .sort();

const units = [
  {
    name: 'console',
    sources: { console: [''], contracts: ['.ts'] },
    entry: 'console/vite.config.ts',
    output: 'console/dist/index.html',
    command: ['node_modules/vite/bin/vite.js', 'build', 'console', '--logLevel', 'warn'],
    isNeeded: true,
  },
  {
    name: 'sensor',
    sources: { sensor: ['.c', '.h', 'build.ts'] },
    entry: 'sensor/build.ts',
    output: 'sensor/build/yagura-loader',
    command: ['sensor/build.ts'],
    isNeeded: false,
  },
];

const hashOf = (root, unit) => {
  const hash = createHash('sha256').update(process.arch).update(unit.command.join(' '));
  for (const [folder, suffixes] of Object.entries(unit.sources)) {
    for (const path of sourceFiles(root, folder, suffixes)) {
      hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
    }
  }
  return hash.digest('hex');
};

const readStamp = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const explainFailure = (unit) => {
  const missing = unit.name === 'sensor' ? missingSystemPackages('start') : [];
  const why = missing.length > 0 ? `; missing on this machine: ${missing.join(' ')}` : '';
  say(`the ${unit.name} could not be built${why}`);
  if (!unit.isNeeded) say('going on without it');
};

const buildUnit = async (root, node, unit) => {
  if (!existsSync(join(root, unit.entry))) return true;
  const stamp = join(root, 'node_modules/.yagura', `${unit.name}.sha256`);
  const hash = hashOf(root, unit);
  if (existsSync(join(root, unit.output)) && readStamp(stamp) === hash) return true;
  const isDone = await during(`building the ${unit.name}`, async () => {
    const ended = await run(node, unit.command, { cwd: root, env: { ...process.env, CI: 'true' } });
    if (!ended.ok) process.stderr.write(ended.output.split('\n').slice(-40).join('\n'));
    return ended.ok;
  });
  if (isDone) {
    mkdirSync(join(root, 'node_modules/.yagura'), { recursive: true });
    writeFileSync(stamp, hash);
    return true;
  }
  explainFailure(unit);
  return !unit.isNeeded;
};

/** False only when something that nothing works without could not be built. */
export const buildOutputs = async (root, node) => {
  const results = [];
  for (const unit of units) results.push(await buildUnit(root, node, unit));
  return results.every(Boolean);
};
