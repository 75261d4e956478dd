// Installs the npm packages of the lock file when what lies in node_modules is missing or something else.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { run } from './command.mjs';
import { during, say } from './say.mjs';

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

const isForThisMachine = (entry) => {
  const fits = (wanted, actual) => {
    const list = [wanted ?? []].flat();
    return list.length === 0 || list.includes(actual);
  };
  return fits(entry.os, process.platform) && fits(entry.cpu, process.arch);
};

/** npm writes `node_modules/.package-lock.json` last of all, so a broken-off installation never looks whole. */
const whatIsStale = (root) => {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(join(root, 'node_modules/.package-lock.json'))?.packages;
  if (installed === undefined) return 'node_modules is missing';
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.startsWith('node_modules/') || entry.link) continue;
    if (entry.optional && !(path.startsWith('node_modules/node-linux-') && isForThisMachine(entry))) continue;
    if (installed[path]?.version !== entry.version) return `${path} is not at ${entry.version}`;
  }
  const links = Object.entries(wanted).filter(([, entry]) => entry.link);
  const missing = links.find(([path]) => !existsSync(join(root, path)));
  return missing && `${missing[0]} is not linked`;
};

const npmCommand = () => {
  const script = process.env.npm_execpath;
  return script?.endsWith('npm-cli.js') ? [process.execPath, script] : ['npm'];
};

const ciArgs = ['ci', '--loglevel=error', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];

export const installNpmPackages = async (root) => {
  const stale = whatIsStale(root);
  if (stale === undefined) return true;
  const [command, ...before] = npmCommand();
  const result = await during(`installing the npm packages of package-lock.json (${stale})`, async () => {
    const ended = await run(command, [...before, ...ciArgs], { cwd: root });
    if (!ended.ok) process.stderr.write(ended.output);
    return ended.ok;
  });
  if (!result)
    say('npm ci failed, see above. It needs the network or a filled npm cache; then run this again.');
  return result;
};
