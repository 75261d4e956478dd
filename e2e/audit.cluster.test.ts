// The audit log of a real API server under the policy that we recommend: by webhook and by file, over rotations and restarts.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AlertSummary } from '@yagura/contracts';
import { busyboxImage, type Cluster, type KubeObject, startCluster, whyNoCluster } from './cluster/index.ts';
import { HubProcess } from './installation/hub-process.ts';
import { waitUntil } from './installation/wait-until.ts';

const policyFile = fileURLToPath(new URL('../deploy/audit-policy.yaml', import.meta.url));
const yagura = fileURLToPath(new URL('../yagura', import.meta.url));
const credential = 'hunter2-hunter2';

const pod = (name: string, privileged: boolean): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: 'main',
        image: busyboxImage,
        imagePullPolicy: 'Never',
        command: ['sleep', '1000'],
        securityContext: { privileged },
      },
    ],
  },
});

const named = (kind: string, name: string, more: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...(kind === 'Namespace' ? {} : { namespace: 'shop' }) },
  ...more,
});

async function prepare(cluster: Cluster): Promise<void> {
  await cluster.apply([named('Namespace', 'shop')]);
  await cluster.apply([
    pod('victim', false),
    named('Secret', 'database', { stringData: { password: credential } }),
    named('ConfigMap', 'settings', { data: { password: credential } }),
  ]);
  await cluster.kubectl(['wait', '-n', 'shop', '--for=condition=Ready', 'pod/victim', '--timeout=60s']);
}

/** Each by the rule that has to see it. */
const attacks: Readonly<Record<string, (cluster: Cluster) => Promise<unknown>>> = {
  'privileged-container': (cluster) => cluster.apply([pod('mighty', true)]),
  'exec-into-pod': (cluster) => cluster.kubectl(['exec', '-n', 'shop', 'victim', '--', 'id']),
  'cluster-admin-binding': (cluster) =>
    cluster.kubectl(['create', 'clusterrolebinding', 'own', '--clusterrole=cluster-admin', '--user=mallory']),
  'secrets-read-in-bulk': (cluster) => cluster.kubectl(['get', 'secrets', '--all-namespaces']),
  'events-deleted': (cluster) => cluster.kubectl(['delete', 'events', '--all', '-n', 'shop']),
};

const ofCluster =
  (name: string) =>
  ({ entities }: AlertSummary): boolean =>
    entities.cluster === name;

const alertsOf = async (hub: HubProcess, cluster: string): Promise<readonly AlertSummary[]> =>
  (await hub.client.allAlerts()).filter(ofCluster(cluster));

const expectRules = (hub: HubProcess, cluster: string, rules: readonly string[]): Promise<unknown> =>
  waitUntil(
    async () => (await alertsOf(hub, cluster)).map(({ rule }) => rule),
    (seen) => rules.every((rule) => seen.includes(rule)),
    { what: `${cluster}: alerts of ${rules.join(', ')}`, timeoutMs: 30_000 },
  );

const auditFiles = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).map((name) => join(folder, name));

const linesIn = async (files: readonly string[]): Promise<readonly string[]> =>
  (await Promise.all(files.map((file) => readFile(file, 'utf8')))).flatMap((text) =>
    text.split('\n').filter(Boolean),
  );

/** More than the megabyte after which the API server begins another file. */
async function fillLog(cluster: Cluster, requests: number): Promise<void> {
  const worker = async (): Promise<void> => {
    for (let sent = 0; sent < requests / 8; sent++)
      await cluster.api.call('/api/v1/namespaces/shop/pods?limit=1');
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** A cluster whose API server hands its log over in both ways, and the hub that takes it. */
async function startBoth(): Promise<{ hub: HubProcess; cluster: Cluster } & AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  let hub: HubProcess | undefined;
  const cluster = await startCluster({
    audit: async ({ paths, network }) => {
      const file = ['--audit-file', paths.auditLog, '--audit-cluster', 'by-file'];
      hub = stack.use(await HubProcess.start({ address: network.hostAddress, args: file }));
      const kubeconfigFile = paths.of('audit-webhook.kubeconfig');
      const kubeconfig = await hub.client.addCluster('by-webhook', hub.agentsUrl);
      await writeFile(kubeconfigFile, kubeconfig, { mode: 0o600 });
      return {
        policyFile,
        file: { path: paths.auditLog, maxSizeMb: 1, maxBackups: 50 },
        webhook: { kubeconfigFile },
      };
    },
  }).catch(async (error: unknown) => {
    await stack.disposeAsync();
    throw error;
  });
  stack.use(cluster);
  if (hub === undefined) throw new Error('the hub did not start');
  return { hub, cluster, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function expectQuiet(hub: HubProcess): Promise<void> {
  await waitUntil(
    () => hub.client.clusters(),
    (all) => all.length === 2 && all.every(({ auditEventsTotal }) => auditEventsTotal > 100),
    { what: 'records of the bootstrap in both ways', timeoutMs: 30_000 },
  );
  const early = [...(await alertsOf(hub, 'by-file')), ...(await alertsOf(hub, 'by-webhook'))];
  assert.deepEqual(
    early.map(({ rule, message }) => `${rule}: ${message}`),
    [],
    'a bootstrap and an ordinary pod are no alert',
  );
}

const isEndOfWatch = (line: string): boolean =>
  line.includes('"verb":"watch"') && line.includes('"stage":"ResponseComplete"');

/**
 * Every record of the files was analysed once in each way. An API server that ends closes its webhook before it ends
 * the watches, and drops the records of these ends; it counts them in `apiserver_audit_error_total`.
 */
async function expectWhole(hub: HubProcess, lines: readonly string[]): Promise<void> {
  const least = lines.length - lines.filter(isEndOfWatch).length;
  const totals = await waitUntil(
    async () =>
      Object.fromEntries(
        (await hub.client.clusters()).map(({ name, auditEventsTotal }) => [name, auditEventsTotal]),
      ),
    (seen) => (seen['by-file'] ?? 0) >= lines.length && (seen['by-webhook'] ?? 0) >= least,
    { what: `${lines.length} records in both ways`, timeoutMs: 60_000 },
  );
  assert.equal(totals['by-file'], lines.length);
  assert.ok(Number(totals['by-webhook']) <= lines.length, 'none came twice');
  const clusters = await hub.client.clusters();
  assert.ok(clusters.every(({ lossTotal }) => lossTotal === 0));
}

async function analysedRules(files: readonly string[]): Promise<ReadonlySet<string>> {
  const args = ['analyze', '--json', ...files];
  const { stdout } = await promisify(execFile)(yagura, args, { maxBuffer: 64 * 1024 * 1024 });
  const alerts = stdout.split('\n').filter(Boolean);
  return new Set(alerts.map((line) => (JSON.parse(line) as { rule: string }).rule));
}

test('attacks on a real API server raise their alerts by webhook and by file, and nothing is lost', async (t) => {
  const reason = whyNoCluster('real');
  if (reason !== undefined) return t.skip(reason);
  await using both = await startBoth();
  const { hub, cluster } = both;
  await prepare(cluster);
  await expectQuiet(hub);

  const rules = Object.keys(attacks);
  for (const attack of Object.values(attacks)) await attack(cluster);
  await expectRules(hub, 'by-webhook', rules);
  await expectRules(hub, 'by-file', rules);
  const privileged = (await alertsOf(hub, 'by-webhook')).find(({ rule }) => rule === 'privileged-container');
  assert.deepEqual(
    [privileged?.entities.namespace, privileged?.entities.pod, privileged?.entities.user],
    ['shop', 'mighty', 'kubernetes-admin'],
  );

  await cluster.stopApiServer();
  await cluster.startApiServer();
  await fillLog(cluster, 3000);
  await cluster.apply([pod('after-rotation', true)]);
  await waitUntil(
    async () => (await alertsOf(hub, 'by-file')).map(({ entities }) => entities.pod),
    (pods) => pods.includes('after-rotation'),
    { what: 'an alert from behind rotation and restart', timeoutMs: 60_000 },
  );

  await cluster.stopApiServer();
  const files = await auditFiles(dirname(cluster.paths.auditLog));
  assert.ok(files.length >= 3, `rotated: ${files.join(' ')}`);
  const lines = await linesIn(files);
  t.diagnostic(`${lines.length} records in ${files.length} files`);
  await expectWhole(hub, lines);
  const base64 = Buffer.from(credential).toString('base64');
  const telling = lines.filter((line) => line.includes(credential) || line.includes(base64));
  assert.deepEqual(telling, [], 'no credential is in the log');
  const analysed = await analysedRules(files);
  assert.deepEqual(
    rules.filter((rule) => !analysed.has(rule)),
    [],
  );
});
