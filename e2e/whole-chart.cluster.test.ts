// Everything of a cluster installed by the chart, with its limits enforced, and connected: what pods do becomes alerts of a hub outside.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AlertSummary } from '@yagura/contracts';
import { type Attack, attacks } from './chart/attacks.ts';
import { type ContainerGroup, containersOf } from './chart/container-group.ts';
import { installSensor, loadImages, namespace } from './chart/install-sensor.ts';
import { processTree } from './chart/process-tree.ts';
import { neighbour, whoReachesWhat } from './chart/reach.ts';
import { usageHead, usageRow } from './chart/usage-table.ts';
import { inVictim, victim } from './chart/victim.ts';
import { serviceAddress } from './cluster/ground/network.ts';
import { type Cluster, helm, startCluster, whyNoCluster, whyNoPolicies } from './cluster/index.ts';
import { runCli } from './installation/cli.ts';
import { HubProcess } from './installation/hub-process.ts';
import { waitUntil } from './installation/wait-until.ts';

const policyFile = fileURLToPath(new URL('../deploy/audit-policy.yaml', import.meta.url));
const name = 'prod';
/** Each alert is wanted within a second. Most have to be; a machine that has other work may be late with some. */
const wantedMs = 1000;
const limitMs = 5000;

/** As the chart names them. */
const limits = {
  collector: { memoryBytes: 296 * 1024 * 1024, cpuMillis: 360 },
  publisher: { memoryBytes: 200 * 1024 * 1024, cpuMillis: 60 },
  inventory: { memoryBytes: 64 * 1024 * 1024, cpuMillis: 60 },
  connect: { memoryBytes: 128 * 1024 * 1024, cpuMillis: 100 },
};
const limitsOfHub = { memoryBytes: 2048 * 1024 * 1024, cpuMillis: 2000 };

interface Setting {
  readonly hub: HubProcess;
  readonly cluster: Cluster;
}

async function start(): Promise<Setting & AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  let hub: HubProcess | undefined;
  try {
    const cluster = stack.use(
      await startCluster({
        programs: [helm],
        audit: async ({ paths, network }) => {
          hub = stack.use(await HubProcess.start({ address: network.hostAddress }));
          const kubeconfigFile = paths.of('audit-webhook.kubeconfig');
          const kubeconfig = await hub.client.addCluster(name, hub.agentsUrl);
          await writeFile(kubeconfigFile, kubeconfig, { mode: 0o600 });
          return { policyFile, webhook: { kubeconfigFile } };
        },
      }),
    );
    if (hub === undefined) throw new Error('the hub did not start');
    return { hub, cluster, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** With what `yagura connect` says. */
async function install({ cluster, hub }: Setting): Promise<void> {
  const values = await runCli(hub, ['connect', 'kubernetes', name, '--hub', hub.agentsUrl, '--values']);
  assert.equal(values.code, 0, values.stderr);
  const file = cluster.paths.of('values.yaml');
  await writeFile(file, values.stdout, { mode: 0o600 });
  const apiServer = `${serviceAddress}/32,${cluster.network.nodeAddress}/32`;
  const narrow = ['--set', `networkPolicy.apiServerAddresses={${apiServer}}`];
  await installSensor(cluster, hub, ['--values', file, ...narrow]);
  await cluster.kubectl(['rollout', 'status', '-n', 'shop', 'deployment/web', '--timeout=60s']);
}

/** The node has its collector, the inventory knows all pods, the tunnel is open. */
async function untilAllIsThere({ hub }: Setting): Promise<void> {
  await waitUntil(
    () => hub.client.nodes(),
    ([node]) => node?.components.find((one) => one.name === 'collector')?.healthy === true,
    { what: 'the node is in the hub, with its collector', timeoutMs: 60_000 },
  );
  await waitUntil(
    () => hub.client.cluster(name),
    (seen) => seen?.connection?.state === 'connected' && seen.connection.tunnelOpen,
    { what: 'the connection', timeoutMs: 60_000 },
  );
  await waitUntil(
    () => hub.client.inventory(name),
    (all) => all.length >= 16 && all.every(({ complete }) => complete),
    { what: 'the whole inventory', timeoutMs: 60_000 },
  );
}

/** By the chart's NetworkPolicies; what no policy holds for shows that there was something to reach. */
async function expectNetworks(t: TestContext, { hub, cluster }: Setting): Promise<void> {
  const skip = whyNoPolicies() ?? false;
  const apiServer = ['API server by its service', 'API server'];
  await t.test('each part reaches what its NetworkPolicy grants', { skip }, async () => {
    const reached = await whoReachesWhat(cluster, { hub: hub.agentsUrl, watched: namespace });
    const { web = [], neighbour: _, ...parts } = reached;
    assert.equal(web.length, 7, web.join(', '));
    assert.deepEqual(parts, {
      collector: [],
      publisher: ['hub'],
      inventory: apiServer,
      connect: ['hub', ...apiServer],
    });
  });
}

async function expectTunnel({ hub }: Setting): Promise<void> {
  const kubectl = ['kubectl', '--cluster', name, '--'];
  const pods = await runCli(hub, [...kubectl, 'get', 'pods', '-n', namespace, '-o', 'name']);
  assert.equal(pods.code, 0, pods.stderr);
  for (const part of Object.keys(limits)) assert.match(pods.stdout, new RegExp(`yagura-${part}-`));
  const secrets = await runCli(hub, [...kubectl, 'get', 'secrets', '-n', namespace]);
  assert.match(secrets.stderr, /User "yagura-reader" cannot list resource "secrets"/);
}

/** Of the attack: what the test itself does may raise others of the same rule. */
async function alertOf(hub: HubProcess, { rule, place }: Attack): Promise<AlertSummary> {
  const alerts = await waitUntil(
    async () => (await hub.client.allAlerts()).filter((alert) => alert.rule === rule),
    (all) => all.some(({ entities }) => place.pod.test(entities.pod ?? '')),
    { what: `an alert of ${rule}`, timeoutMs: 20_000 },
  );
  return alerts.find(({ entities }) => place.pod.test(entities.pod ?? '')) as AlertSummary;
}

const delayMs = ({ raisedAt, firstSeenAt }: AlertSummary): number =>
  Date.parse(raisedAt) - Date.parse(firstSeenAt);

function expectPlace({ entities }: AlertSummary, { rule, place, isOnNode }: Attack, node: string): void {
  assert.deepEqual(
    [entities.cluster, entities.namespace, entities.workload],
    [name, 'shop', place.workload],
    rule,
  );
  assert.match(entities.pod ?? '', place.pod, rule);
  assert.match(entities.image ?? '', /local\/busybox/, rule);
  if (isOnNode) assert.deepEqual([entities.node, entities.container], [node, 'main'], rule);
}

async function expectAlerts(t: TestContext, { hub, cluster }: Setting): Promise<void> {
  const delays: number[] = [];
  for (const attack of attacks) {
    await attack.run(cluster);
    const alert = await alertOf(hub, attack);
    const delay = delayMs(alert);
    t.diagnostic(`${attack.rule}: ${delay} ms, ${JSON.stringify(alert.entities)}`);
    expectPlace(alert, attack, cluster.nodeName);
    assert.ok(delay < limitMs, `${attack.rule}: ${delay} ms`);
    delays.push(delay);
  }
  const late = delays.filter((delay) => delay >= wantedMs).length;
  t.diagnostic(`${delays.length - late} of ${delays.length} alerts came within a second`);
  assert.ok(late < delays.length / 2, `half of the alerts were late: ${delays.join(', ')} ms`);
}

interface Measured {
  readonly part: string;
  readonly group: ContainerGroup;
}

const measure = (all: readonly Measured[], when: string, seconds = 10): Promise<readonly string[]> =>
  Promise.all(
    all.map(async ({ part, group }) => {
      const before = await group.usage();
      await sleep(seconds * 1000);
      const after = await group.usage();
      return usageRow({ part, when, before, after, seconds, limits: await group.limits() });
    }),
  );

/** Processes for the sensor, objects for the inventory, requests through the tunnel. */
function load({ cluster, hub }: Setting): void {
  const processes = 'i=0; while [ $i -lt 4000 ]; do /bin/true; i=$((i+1)); done';
  const items = Array.from({ length: 500 }, (_, index) => ({
    ...{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: `load-${index}`, namespace: 'shop' } },
  }));
  const path = `${hub.apiUrl}/api/v1/clusters/${name}/proxy/api/v1/pods`;
  const headers = { authorization: `Bearer ${hub.token}` };
  const ask = async (): Promise<void> => {
    for (let asked = 0; asked < 100; asked++) await (await fetch(path, { headers })).arrayBuffer();
  };
  for (const work of [inVictim(cluster, '/bin/sh', '-c', processes), cluster.apply(items), ask()])
    void work.catch(() => undefined);
}

/** What the node says it sent and lost; a heartbeat later it says so of the load. */
async function lossesOf(hub: HubProcess): Promise<string> {
  const enough = 8000;
  const [node] = await waitUntil(
    () => hub.client.nodes(),
    ([one]) => (one?.components.find((part) => part.name === 'publisher')?.eventsTotal ?? 0) >= enough,
    { what: `${enough} events of the load`, timeoutMs: 60_000 },
  );
  const sent = node?.components.map((part) => `${part.name} ${part.eventsTotal}`).join(', ');
  const lost = node?.losses.map(({ stage, reason, count }) => `${count} at ${stage}: ${reason}`).join(', ');
  return `events: ${sent}; lost: ${lost || 'none'}`;
}

test('the chart installs all parts, which live in their limits, and attacks in pods become alerts', async (t) => {
  const reason = whyNoCluster('real');
  if (reason !== undefined) return t.skip(reason);
  await using setting = await start();
  const { hub, cluster } = setting;
  for (const image of await loadImages(cluster, Object.keys(limits)))
    t.diagnostic(`yagura-${image.name}: ${(image.bytes / 1024 / 1024).toFixed(1)} MiB`);
  await cluster.apply([...victim(), neighbour]);
  await install(setting);
  await untilAllIsThere(setting);
  await cluster.helm(['test', 'yagura', '--namespace', namespace, '--timeout', '60s']);
  await expectTunnel(setting);
  await expectNetworks(t, setting);

  const containers = await containersOf(cluster, namespace);
  const enforced = await Promise.all(
    containers.map(async ({ part, group }) => [part, await group.limits()] as const),
  );
  assert.deepEqual(Object.fromEntries(enforced), limits);
  const measured = [...containers, { part: 'hub', group: processTree(hub.pid, limitsOfHub) }];
  const rows = [...(await measure(measured, 'idle'))];
  await expectAlerts(t, setting);
  load(setting);
  rows.push(...(await measure(measured, 'load')));
  t.diagnostic(`\n${[usageHead, ...rows].join('\n')}`);
  t.diagnostic(await lossesOf(hub));

  const restarts = '{.items[*].status.containerStatuses[*].restartCount}';
  const counted = await cluster.kubectl(['get', 'pods', '-n', namespace, '-o', `jsonpath=${restarts}`]);
  assert.match(counted, /^0( 0)*$/);
});
