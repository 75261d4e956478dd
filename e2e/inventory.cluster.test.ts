// The inventory of a real API server, by the real publisher, in the real hub: whole, quick, with the rights it names only.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Cluster, type KubeObject, simulateNodes, startCluster, whyNoCluster } from './cluster/index.ts';
import { Installation } from './installation/installation.ts';
import { Program } from './installation/program.ts';
import { waitUntil } from './installation/wait-until.ts';

const rolesFile = fileURLToPath(new URL('../docs/reference/rbac.json', import.meta.url));
const user = 'system:serviceaccount:yagura:yagura-inventory';
/** `YAGURA_PODS=10000` for the size of docs/guides/inventory.md; making them takes minutes. */
const pods = Number(process.env['YAGURA_PODS'] ?? 1000);
const nodes = 50;

/** Just the role that the documents name. */
async function bindRole(cluster: Cluster): Promise<string> {
  const { items } = JSON.parse(await readFile(rolesFile, 'utf8')) as { items: KubeObject[] };
  const role = items.find(({ metadata }) => metadata.name === 'yagura-inventory');
  assert.ok(role);
  await cluster.apply([role]);
  await cluster.kubectl([
    'create',
    'clusterrolebinding',
    'inventory',
    '--clusterrole=yagura-inventory',
    `--user=${user}`,
  ]);
  return cluster.kubeconfigFor({ user, groups: ['system:authenticated'] });
}

const start = (installation: Installation, kubeconfig: string): Promise<Program> =>
  Program.start({
    main: 'cluster/inventory/main.ts',
    args: [
      ...['--socket', installation.socketPath, '--kubeconfig', kubeconfig],
      ...['--state', join(installation.folder, 'inventory'), '--report-every-ms', '500'],
    ],
    logFile: join(installation.folder, 'inventory.log'),
  });

const counted = async ({ hub }: Installation): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    (await hub.inventory('prod')).filter((one) => one.complete).map((one) => [one.resource, one.objects]),
  );

const cpuSecondsOf = async ({ api }: Cluster): Promise<number> =>
  Number(/^process_cpu_seconds_total (\S+)/m.exec(await api.call<string>('/metrics'))?.[1]);

const untilPods = (installation: Installation, count: number): Promise<unknown> =>
  waitUntil(
    () => counted(installation),
    (seen) => seen['pods'] === count,
    { what: `${count} pods`, timeoutMs: 60_000 },
  );

test('a cluster is told whole, what changes follows, and a restart lists nothing again', {
  skip: whyNoCluster('simulated'),
}, async (t) => {
  await using cluster = await startCluster({ nodes: 'simulated' });
  await using installation = await Installation.start({ cluster: 'prod' });
  await simulateNodes(cluster.api, { nodes, pods });
  const kubeconfig = await bindRole(cluster);
  const cpuBefore = await cpuSecondsOf(cluster);
  const startedAt = performance.now();
  await using stack = new AsyncDisposableStack();
  const begin = async (): Promise<Program> => stack.use(await start(installation, kubeconfig));
  let inventory = await begin();
  await untilPods(installation, pods);
  const podsMs = performance.now() - startedAt;
  const seen = await waitUntil(
    () => counted(installation),
    (all) => all['clusterrolebindings'] !== undefined,
    { what: 'the last resource', timeoutMs: 20_000 },
  );
  const allMs = performance.now() - startedAt;
  const { requests, bytes } = inventory.ready;
  const cpu = (await cpuSecondsOf(cluster)) - cpuBefore;
  t.diagnostic(
    `${pods} pods complete in the hub after ${Math.round(podsMs)} ms, all resources after ${Math.round(allMs)} ms; the API server answered ${requests} requests with ${bytes} bytes and used ${cpu.toFixed(1)} s of CPU`,
  );
  assert.ok(allMs < 60_000, `${allMs} ms`);
  assert.equal(seen['nodes'], nodes);
  assert.ok((seen['clusterroles'] ?? 0) > 50);
  assert.equal(seen['secrets'], undefined);
  const [first] = await installation.hub.objects('prod', { resource: 'pods', name: 'workload-0-0' });
  assert.equal(first?.facts.node, 'simulated-node-0');
  assert.match(first?.facts.containers?.[0]?.imageDigest ?? '', /^sha256:/);

  await cluster.kubectl(['delete', 'pod', '-n', 'simulated-1', 'workload-0-1', '--force']);
  await untilPods(installation, pods - 1);

  await inventory[Symbol.asyncDispose]();
  await cluster.kubectl(['delete', 'pod', '-n', 'simulated-2', 'workload-0-2', '--force']);
  await cluster.kubectl(['run', 'late', '--image=late:1', '-n', 'simulated-2']);
  inventory = await begin();
  assert.ok(Number(inventory.ready['bytes']) < 100_000, `${inventory.ready['bytes']} bytes`);
  await waitUntil(
    () => installation.hub.objects('prod', { name: 'late' }),
    (found) => found.length === 1,
    { what: 'the pod that came meanwhile', timeoutMs: 20_000 },
  );

  await cluster.stopApiServer();
  await cluster.startApiServer();
  await cluster.kubectl(['delete', 'pod', '-n', 'simulated-3', 'workload-0-3', '--force']);
  await untilPods(installation, pods - 2);
});
