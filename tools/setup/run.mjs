// What `npm start`, `npm test` and `npm run cluster:…` run first, in plain JavaScript for Node 20: set up what is missing, then hand over.
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { buildOutputs } from './build-outputs.mjs';
import { handOver } from './hand-over.mjs';
import { findNode, nodeIsMissing } from './node-runtime.mjs';
import { installNpmPackages } from './npm-packages.mjs';
import { say } from './say.mjs';
import { installSystemPackages } from './system-packages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const programs = {
  start: ['cli/main.ts', 'start'],
  test: ['tools/test/main.ts'],
  cluster: ['e2e/cluster/main.ts'],
};

const readArguments = (args) => {
  const [purpose, ...rest] = args;
  const given = rest[0] === '--' ? rest.slice(1) : rest;
  return {
    purpose,
    mayInstall: !given.includes('--no-install'),
    isQuestion: given.includes('--help') || given.includes('-h'),
    passed: given.filter((arg) => arg !== '--no-install'),
  };
};

const main = async () => {
  const { purpose, mayInstall, isQuestion, passed } = readArguments(process.argv.slice(2));
  const program = programs[purpose];
  if (program === undefined) {
    say(`usage: node tools/setup/run.mjs ${Object.keys(programs).join('|')} [-- arguments]`);
    return 2;
  }
  if (!(await installNpmPackages(root))) return 1;
  const node = findNode(root);
  if (node === undefined) {
    say(nodeIsMissing);
    return 1;
  }
  if (!isQuestion) {
    await installSystemPackages(purpose, { mayInstall });
    if (purpose !== 'cluster' && !(await buildOutputs(root, node))) return 1;
  }
  const path = [join(root, 'node_modules/.bin'), dirname(node), process.env.PATH].join(':');
  const [script, ...before] = program;
  // node:test runs no files when it believes that it is itself run by a test.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  handOver(node, [join(root, script), ...before, ...passed], { env: { ...env, PATH: path } });
  return undefined;
};

const code = await main();
if (code !== undefined) process.exit(code);
