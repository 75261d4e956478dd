// The inventory as its image has it, in 64 MiB: it keeps up with 200 changes a second, and catches up with what it missed.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { groupAtTop } from './chart/container-group.ts';
import { run } from './cluster/ground/run.ts';
import { type Cluster, type KubeObject, simulateNodes, startCluster, whyNoCluster } from './cluster/index.ts';
import { changeAll, countTurn } from './endurance/churn.ts';
import { type ControlGroup, limitMemory, makeCgroup } from './installation/cgroup.ts';
import { Installation } from './installation/installation.ts';
import { Program, type ProgramOptions } from './installation/program.ts';
import { waitUntil } from './installation/wait-until.ts';

const repository = fileURLToPath(new URL('../', import.meta.url));
const limitBytes = 64 * 1024 * 1024;
const groupName = 'yagura-churn';
const namespaces = 10;
/** `YAGURA_PODS=5000` for the size that 64 MiB are meant for; making them takes minutes. */
const pods = Number(process.env['YAGURA_PODS'] ?? 1000);
const perSecond = 200;

/** Lays out what is in the image, and starts that. */
async function inventoryOf(
  cluster: Cluster,
  { folder, socketPath }: Installation,
  { folders }: ControlGroup,
): Promise<ProgramOptions> {
  const out = join(folder, 'image');
  const layout = ['deploy/images/main.ts', 'layout', 'inventory', '--out', out];
  await run(process.execPath, layout, { cwd: repository, timeoutMs: 60_000 });
  const user = 'inventory';
  const file = join(repository, 'docs/reference/rbac.json');
  const { items } = JSON.parse(await readFile(file, 'utf8')) as { items: KubeObject[] };
  await cluster.apply(items.filter(({ metadata }) => metadata.name === 'yagura-inventory'));
  const binding = ['inventory', '--clusterrole=yagura-inventory', `--user=${user}`];
  await cluster.kubectl(['create', 'clusterrolebinding', ...binding]);
  const kubeconfig = await cluster.kubeconfigFor({ user, groups: ['system:authenticated'] });
  return {
    main: join(out, 'program/yagura/inventory/main.js'),
    args: ['--socket', socketPath, '--kubeconfig', kubeconfig, '--state', join(folder, 'inventory')],
    nodeFlags: ['--max-semi-space-size=1', '--max-old-space-size=24'],
    // Nobody may join a group of cpuset before it is told its processors.
    groups: folders.filter((folder) => !folder.includes('/cpuset/')),
    logFile: join(folder, 'inventory.log'),
  };
}

const untilKnown = (installation: Installation, turn: string): Promise<unknown> =>
  waitUntil(
    () => countTurn(installation.hub, turn),
    (known) => known === pods,
    { what: `${pods} pods of ${turn}`, timeoutMs: 60_000 },
  );

async function tellUsage(t: TestContext, when: string): Promise<void> {
  const { memoryPeakBytes, anonymousBytes, cpuMs } = await (await groupAtTop(groupName)).usage();
  const mebibytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
  t.diagnostic(
    `${when}: peak ${mebibytes(memoryPeakBytes)} MiB with files, ${mebibytes(anonymousBytes)} MiB of its own, ${Math.round(cpuMs)} ms of CPU so far`,
  );
}

test('the inventory keeps up with changes, and catches up, in 64 MiB', async (t) => {
  const reason = whyNoCluster('simulated');
  if (reason !== undefined) return t.skip(reason);
  await using group = await makeCgroup(groupName);
  await limitMemory(group, limitBytes);
  await using cluster = await startCluster({ nodes: 'simulated' });
  await using installation = await Installation.start({ cluster: 'prod' });
  await simulateNodes(cluster.api, { nodes: 50, pods, namespaces });
  const options = await inventoryOf(cluster, installation, group);
  await using programs = new AsyncDisposableStack();
  const start = async (): Promise<Program> => programs.use(await Program.start(options));
  const inventory = await start();
  await tellUsage(t, `${pods} pods listed`);

  const idle = await (await groupAtTop(groupName)).usage();
  const rate = await changeAll(cluster, { pods, namespaces, perSecond, turn: 'steady' });
  const sentAt = performance.now();
  await untilKnown(installation, 'steady');
  const lagMs = performance.now() - sentAt;
  t.diagnostic(`${Math.round(rate)} changes a second; the last was in the hub ${Math.round(lagMs)} ms later`);
  await tellUsage(t, 'steady changes');
  const usedMs = (await (await groupAtTop(groupName)).usage()).cpuMs - idle.cpuMs;
  t.diagnostic(`${(usedMs / pods).toFixed(3)} ms of CPU a change`);
  assert.ok(lagMs < 5_000, `${lagMs} ms behind`);

  await inventory[Symbol.asyncDispose]();
  await changeAll(cluster, { pods, namespaces, turn: 'missed' });
  const before = await (await groupAtTop(groupName)).usage();
  const startedAt = performance.now();
  await start();
  await untilKnown(installation, 'missed');
  const tookMs = performance.now() - startedAt;
  const cpuMs = (await (await groupAtTop(groupName)).usage()).cpuMs - before.cpuMs;
  t.diagnostic(
    `caught up with ${pods} changes in ${Math.round(tookMs)} ms, its start included; ${Math.round(cpuMs)} ms of CPU`,
  );
  await tellUsage(t, 'caught up');
  assert.ok(tookMs < (pods / perSecond) * 1000 + 10_000, `${tookMs} ms`);
  const { memoryPeakBytes } = await (await groupAtTop(groupName)).usage();
  assert.ok(memoryPeakBytes <= limitBytes);
});
