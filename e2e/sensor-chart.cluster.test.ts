// The sensor installed by its chart into a real cluster, with its limits enforced: what pods do becomes alerts of a hub outside.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AlertSummary } from '@yagura/contracts';
import { type ContainerGroup, groupOfComponent } from './chart/container-group.ts';
import { installSensor, loadImages, namespace } from './chart/install-sensor.ts';
import { usageHead, usageRow } from './chart/usage-table.ts';
import {
  busyboxImage,
  type Cluster,
  helm,
  type KubeObject,
  startCluster,
  whyNoCluster,
} from './cluster/index.ts';
import { HubProcess } from './installation/hub-process.ts';
import { waitUntil } from './installation/wait-until.ts';

const policyFile = fileURLToPath(new URL('../deploy/audit-policy.yaml', import.meta.url));
const usualMs = 1000;
/** A machine that has other work may be late once. */
const limitMs = 5000;

const container = { name: 'main', image: busyboxImage, imagePullPolicy: 'Never', command: ['sleep', '1000'] };

const web: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { terminationGracePeriodSeconds: 0, containers: [container] },
    },
  },
};

const mighty: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'mighty', namespace: 'shop' },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [{ ...container, securityContext: { privileged: true } }],
  },
};

const inWeb = (cluster: Cluster, ...command: readonly string[]): Promise<unknown> =>
  cluster.kubectl(['exec', '-n', 'shop', 'deploy/web', '--', ...command]);

/** Each by the rule that has to see it. What fails in the pod has been seen all the same. */
const onNode: Readonly<Record<string, readonly string[]>> = {
  'reverse-shell': ['/bin/nc', '127.0.0.1', '9', '-e', '/bin/sh'],
  'service-account-token-read': ['/bin/cat', '/var/run/secrets/kubernetes.io/serviceaccount/token'],
  drift: ['/bin/sh', '-c', 'cp /bin/busybox /tmp/busybox && /tmp/busybox true'],
  'crypto-miner': ['/bin/sh', '-c', 'cp /bin/busybox /tmp/xmrig; /tmp/xmrig -o stratum+tcp://127.0.0.1:3333'],
};

const onApiServer: Readonly<Record<string, (cluster: Cluster) => Promise<unknown>>> = {
  'privileged-container': (cluster) => cluster.apply([mighty]),
  'exec-into-pod': (cluster) => inWeb(cluster, '/bin/true'),
  'secrets-read-in-bulk': (cluster) => cluster.kubectl(['get', 'secrets', '--all-namespaces']),
  'cluster-admin-binding': (cluster) =>
    cluster.kubectl(['create', 'clusterrolebinding', 'own', '--clusterrole=cluster-admin', '--user=mallory']),
};

async function start(): Promise<{ readonly hub: HubProcess; readonly cluster: Cluster } & AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  let hub: HubProcess | undefined;
  try {
    const cluster = stack.use(
      await startCluster({
        programs: [helm],
        audit: async ({ paths, network }) => {
          hub = stack.use(await HubProcess.start({ address: network.hostAddress }));
          const kubeconfigFile = paths.of('audit-webhook.kubeconfig');
          await writeFile(kubeconfigFile, await hub.client.addCluster('prod', hub.agentsUrl), {
            mode: 0o600,
          });
          return { policyFile, webhook: { kubeconfigFile, maxWait: '100ms' } };
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

const alertOf = (hub: HubProcess, rule: string): Promise<AlertSummary> =>
  waitUntil(
    async () => await hub.client.allAlerts(),
    (alerts) => alerts.some((alert) => alert.rule === rule),
    { what: `an alert of ${rule}`, timeoutMs: 20_000 },
  ).then((alerts) => alerts.find((alert) => alert.rule === rule) as AlertSummary);

const delayMs = ({ raisedAt, firstSeenAt }: AlertSummary): number =>
  Date.parse(raisedAt) - Date.parse(firstSeenAt);

async function measure(
  { part, when, group }: { readonly part: string; readonly when: string; readonly group: ContainerGroup },
  seconds: number,
): Promise<string> {
  const before = await group.usage();
  await sleep(seconds * 1000);
  return usageRow({ part, when, before, after: await group.usage(), seconds, limits: await group.limits() });
}

async function expectAlerts(t: TestContext, hub: HubProcess, cluster: Cluster): Promise<void> {
  const inPod = Object.entries(onNode).map(([rule, command]) => {
    return [rule, () => inWeb(cluster, ...command).catch(() => undefined)] as const;
  });
  const delays: number[] = [];
  for (const [rule, attack] of [...inPod, ...Object.entries(onApiServer)]) {
    await attack(cluster);
    const alert = await alertOf(hub, rule);
    const { entities } = alert;
    t.diagnostic(`${rule}: ${delayMs(alert)} ms, ${JSON.stringify(entities)}`);
    assert.equal(entities.cluster, 'prod', rule);
    delays.push(delayMs(alert));
    assert.ok(delayMs(alert) < limitMs, `${rule}: ${delayMs(alert)} ms`);
    if (!(rule in onNode)) continue;
    assert.equal(entities.node, cluster.nodeName);
    assert.equal(entities.namespace, 'shop');
    assert.match(entities.pod ?? '', /^web-/);
    assert.equal(entities.container, 'main');
    assert.match(entities.image ?? '', /local\/busybox/);
  }
  const median = delays.sort((a, b) => a - b)[Math.floor(delays.length / 2)] ?? 0;
  assert.ok(median < usualMs, `half of the alerts took ${median} ms`);
}

/** What the node says it sent and lost; a heartbeat later it says so of the load. */
async function lossesOf(hub: HubProcess): Promise<string> {
  const enough = 8000;
  const [node] = await waitUntil(
    () => hub.client.nodes(),
    ([one]) => (one?.components.find(({ name }) => name === 'publisher')?.eventsTotal ?? 0) >= enough,
    { what: `${enough} events of the load`, timeoutMs: 60_000 },
  );
  const sent = node?.components.map(({ name, eventsTotal }) => `${name} ${eventsTotal}`).join(', ');
  return `events: ${sent}; lost: ${node?.lossTotal}`;
}

test('the chart installs a sensor that lives in its limits, and attacks in pods become alerts', async (t) => {
  const reason = whyNoCluster('real');
  if (reason !== undefined) return t.skip(reason);
  await using installation = await start();
  const { hub, cluster } = installation;
  for (const { name, bytes } of await loadImages(cluster, ['collector', 'publisher', 'inventory']))
    t.diagnostic(`yagura-${name}: ${(bytes / 1024 / 1024).toFixed(1)} MiB`);
  await cluster.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, web]);
  await installSensor(cluster, hub);
  await cluster.kubectl(['rollout', 'status', '-n', 'shop', 'deployment/web', '--timeout=60s']);
  await waitUntil(
    () => hub.client.nodes(),
    ([node]) => node?.components.find(({ name }) => name === 'collector')?.healthy === true,
    { what: 'the node is in the hub, with its collector', timeoutMs: 60_000 },
  );
  await cluster.helm(['test', 'yagura', '--namespace', namespace, '--timeout', '60s']);

  const groups = {
    collector: await groupOfComponent(cluster, 'collector'),
    publisher: await groupOfComponent(cluster, 'publisher'),
  };
  assert.deepEqual(await groups.collector.limits(), { memoryBytes: 296 * 1024 * 1024, cpuMillis: 360 });
  assert.deepEqual(await groups.publisher.limits(), { memoryBytes: 200 * 1024 * 1024, cpuMillis: 60 });

  const both = (when: string): Promise<readonly string[]> =>
    Promise.all(Object.entries(groups).map(([part, group]) => measure({ part, when, group }, 10)));
  const rows = [...(await both('idle'))];
  await expectAlerts(t, hub, cluster);
  void inWeb(cluster, '/bin/sh', '-c', 'i=0; while [ $i -lt 4000 ]; do /bin/true; i=$((i+1)); done').catch(
    () => undefined,
  );
  rows.push(...(await both('4,000 processes')));
  t.diagnostic(`\n${[usageHead, ...rows].join('\n')}`);
  t.diagnostic(await lossesOf(hub));

  const restarts = '{.items[*].status.containerStatuses[*].restartCount}';
  assert.match(
    await cluster.kubectl(['get', 'pods', '-n', namespace, '-o', `jsonpath=${restarts}`]),
    /^0( 0)*$/,
  );
});
