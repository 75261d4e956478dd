// Several API servers at once, nodes that are objects only, and the end of a test that was killed.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { membersOf } from './ground/control-groups.ts';
import { run } from './ground/run.ts';
import { clusterNames } from './ground/state.ts';
import { simulateNodes, startCluster } from './index.ts';
import { removeOrphans } from './remove.ts';

const simulated = { nodes: 'simulated' } as const;

test('two API servers stand beside each other and do not know of each other', async () => {
  await using one = await startCluster(simulated);
  await using two = await startCluster(simulated);
  assert.notEqual(one.network.nodeAddress, two.network.nodeAddress);
  await one.kubectl(['create', 'namespace', 'only-here']);
  await assert.rejects(two.kubectl(['get', 'namespace', 'only-here']), /NotFound/);

  const reader = await one.kubeconfigFor({ user: 'reader', groups: ['readers'] });
  const refused = one.kubectl(['--kubeconfig', reader, 'get', 'secrets', '-A']);
  await assert.rejects(refused, /User "reader" cannot list/);

  await simulateNodes(one.api, { nodes: 20, pods: 400 });
  const ready = await one.kubectl(['get', 'nodes', '--no-headers']);
  assert.equal(ready.match(/ Ready /g)?.length, 20);
  const running = await one.kubectl([
    'get',
    'pods',
    '-A',
    '--field-selector',
    'status.phase=Running',
    '-o',
    'name',
  ]);
  assert.equal(running.trim().split('\n').length, 400);
});

test('the API server comes back after a crash with what it knew', async () => {
  await using cluster = await startCluster(simulated);
  await cluster.kubectl(['create', 'namespace', 'kept']);
  await cluster.stopApiServer('kill');
  await assert.rejects(cluster.api.call('/readyz', { timeoutMs: 2000 }));
  await cluster.startApiServer();
  assert.match(await cluster.kubectl(['get', 'namespace', 'kept']), /Active/);
});

const startAndWait = `
  import { startCluster } from ${JSON.stringify(import.meta.resolve('./index.ts'))};
  await startCluster({ name: process.argv[1], nodes: 'simulated' });
  console.log('started');
  setInterval(() => {}, 1000);`;

test('an `up` that was killed half-way is no obstacle for the next one', async () => {
  const name = `test-broken-${process.pid}`;
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const up = ['up', '--simulated', '--name', name];
  const broken = spawn(process.execPath, [main, ...up], { stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise((resolve, reject) => {
    broken.stderr.on('data', (text) => /API server/.test(text) && resolve(text));
    broken.once('exit', () => reject(new Error('it ended before the API server was started')));
  });
  broken.kill('SIGKILL');
  await once(broken, 'exit');
  assert.ok((await membersOf(name)).length > 0, 'it was under way');
  await run(process.execPath, [main, ...up]);
  await assert.rejects(run(process.execPath, [main, ...up]), /already/);
  assert.match(await run(process.execPath, [main, 'status']), new RegExp(`${name}: node 198`));
  await run(process.execPath, [main, 'down', '--name', name]);
  assert.deepEqual(await membersOf(name), []);
});

test('what a killed test leaves behind, the next one takes away', async () => {
  const name = `test-killed-${process.pid}`;
  const child = execFile(process.execPath, ['--input-type=module', '-e', startAndWait, name]);
  await new Promise((resolve, reject) => {
    child.stdout?.once('data', resolve);
    child.once('exit', () => reject(new Error('it ended before the cluster was there')));
  });
  assert.ok((await membersOf(name)).length > 3);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  assert.ok((await removeOrphans()).includes(name));
  assert.deepEqual(await membersOf(name), []);
  assert.ok(!(await clusterNames()).includes(name));
});
