// Extensions against a real API server with real Helm: installed, upgraded, rolled back, resumed after a kill, removed.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Extension } from '@yagura/contracts';
import { type Cluster, helm, simulateNodes, startCluster, whyNoCluster } from './cluster/index.ts';
import { findProgram } from './cluster/programs/build.ts';
import { runCli } from './installation/cli.ts';
import { ConnectAgent } from './installation/connect-agent.ts';
import { HubProcess } from './installation/hub-process.ts';
import { waitUntil } from './installation/wait-until.ts';

const namespace = 'yagura-sensor';
const name = 'prod';
const skip = whyNoCluster('simulated') ?? false;

let cluster: Cluster;
let hub: HubProcess;
let agent: ConnectAgent;

const call = async (method: string, body?: object): Promise<Response> =>
  fetch(`${hub.apiUrl}/api/v1/clusters/${name}/extensions/sensor`, {
    method,
    headers: { authorization: `Bearer ${hub.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

async function want(values: object): Promise<Extension> {
  const answer = await call('PUT', { values });
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as Extension;
}

const becomes = (status: Extension['status'], timeoutMs = 60_000): Promise<Extension> =>
  waitUntil(
    async () => (await (await call('GET')).json()) as Extension,
    (extension) => extension.status === status,
    { what: `the extension to be ${status}`, timeoutMs },
  );

async function cli(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(hub, args);
  assert.equal(code, 0, stderr);
  return stdout;
}

const inNamespace = (...words: readonly string[]): readonly string[] => [
  'get',
  ...words,
  '--namespace',
  namespace,
];

const json = async <T>(...args: readonly string[]): Promise<T> =>
  JSON.parse(await cluster.kubectl([...args, '-o', 'json'])) as T;

async function startAgent(args: readonly string[]): Promise<ConnectAgent> {
  const config = await json<{
    clusters: { cluster: { server: string; 'certificate-authority-data'?: string } }[];
  }>('config', 'view', '--raw');
  const { server = '', 'certificate-authority-data': authority = '' } = config.clusters[0]?.cluster ?? {};
  const [token, authorityOfHub] = await Promise.all(
    ['secret/yagura-connect-token', 'configmap/yagura-connect'].map((one) =>
      json<{ data: Record<string, string> }>('get', one, '-n', 'yagura-connect'),
    ),
  );
  return ConnectAgent.start({
    hub: hub.agentsUrl,
    authority: Object.values(authorityOfHub?.data ?? {})[0] ?? '',
    workspace: hub.registration.workspace,
    cluster: name,
    token: Buffer.from(token?.data['token'] ?? '', 'base64').toString(),
    apiServer: {
      url: server,
      authority: Buffer.from(authority, 'base64').toString(),
      token: (await cluster.kubectl(['create', 'token', 'yagura-connect', '-n', 'yagura-connect'])).trim(),
    },
    args: [...args, '--identity-secret', 'yagura-connect/yagura-connect-identity'],
  });
}

const granted = (): readonly string[] => [
  ...['--extension-namespace', namespace, '--helm', findProgram(helm) ?? ''],
  ...['--extension-timeout-ms', '20000', '--extension-ask-ms', '1000'],
];

/** Says of every pod what the kubelet of its node would say of one that runs. */
function playKubelet(): { readonly pods: number } & Disposable {
  const seen = new Set<string>();
  const conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: new Date().toISOString() }];
  const timer = setInterval(async () => {
    const path = `/api/v1/namespaces/${namespace}/pods`;
    const { items } = await cluster.api
      .call<{ items: { metadata: { name: string; deletionTimestamp?: string } }[] }>(path)
      .catch(() => ({ items: [] }));
    for (const { metadata } of items) {
      seen.add(metadata.name);
      const call =
        metadata.deletionTimestamp === undefined
          ? ({ method: 'PATCH', body: { status: { phase: 'Running', conditions } } } as const)
          : ({ method: 'DELETE', body: { gracePeriodSeconds: 0 } } as const);
      const at = `${path}/${metadata.name}${call.method === 'PATCH' ? '/status' : ''}`;
      const contentType = call.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
      await cluster.api.call(at, { ...call, contentType }).catch(() => {});
    }
  }, 500);
  return {
    get pods() {
      return seen.size;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

before(async () => {
  if (skip !== false) return;
  cluster = await startCluster({ nodes: 'simulated', programs: [helm] });
  hub = await HubProcess.start();
  await cluster.kubectl(['apply', '-f', '-'], await cli('connect', 'kubernetes', name));
  agent = await startAgent(granted().slice(2));
});
after(async () => {
  await agent?.[Symbol.asyncDispose]();
  await hub?.[Symbol.asyncDispose]();
  await cluster?.[Symbol.asyncDispose]();
});

test('without the owner’s grant nothing is installed, and it is said how to grant it', { skip }, async () => {
  await want({});
  const { reported } = await becomes('failed');
  assert.match(
    reported?.message ?? '',
    /owner has not granted .* run: yagura connect kubernetes prod --extensions --apply/,
  );
  await agent[Symbol.asyncDispose]();
  agent = await startAgent(granted());
  const refused = await waitUntil(
    () => agent.log(),
    (log) => /"status":"failed"/.test(log),
    { what: 'the refusal of the API server', timeoutMs: 20_000 },
  );
  assert.match(refused, /has not granted .*403/);
});

test('with it the sensor is installed at once', { skip }, async () => {
  await cluster.kubectl(['apply', '-f', '-'], await cli('connect', 'kubernetes', name, '--extensions'));
  const { reported } = await becomes('installed');
  assert.equal(reported?.revision, 1);
  const { items } = await json<{ items: { metadata: { name: string } }[] }>(...inNamespace('daemonsets'));
  assert.deepEqual(
    items.map(({ metadata }) => metadata.name),
    ['yagura-sensor-collector', 'yagura-sensor-publisher'],
  );
});

test('its nodes register with a token that is in a Secret and nowhere else', { skip }, async () => {
  const secret = await json<{ data: { token: string } }>(...inNamespace('secret', 'yagura-node-token'));
  const token = Buffer.from(secret.data.token, 'base64').toString();
  assert.match(token, /^[0-9a-f]{12}\.[\w-]{43}$/);
  const daemonSet = await cluster.kubectl([
    ...inNamespace('daemonset', 'yagura-sensor-publisher'),
    '-o',
    'yaml',
  ]);
  assert.match(daemonSet, /secretName: yagura-node-token/);
  const seen = [
    daemonSet,
    await agent.log(),
    await (await call('GET')).text(),
    await cluster.helm(['get', 'values', 'yagura-sensor', '-n', namespace, '--all']),
    JSON.stringify(await hub.client.trail()),
  ];
  for (const text of seen) assert.ok(!text.includes(token) && !text.includes(token.split('.')[1] ?? ''));
});

test('changed values are a new generation, and an upgrade', { skip }, async () => {
  const { desired } = await want({ updateStrategy: { minReadySeconds: 0 } });
  assert.equal(desired.generation, 2);
  const startedAt = Date.now();
  const { reported } = await becomes('installed');
  assert.deepEqual([reported?.generation, reported?.revision], [2, 2]);
  assert.ok(Date.now() - startedAt < 60_000);
  const { spec } = await json<{ spec: { minReadySeconds?: number } }>(
    ...inNamespace('daemonset', 'yagura-sensor-collector'),
  );
  assert.equal(spec.minReadySeconds ?? 0, 0);
});

test('a broken upgrade is rolled back, says why, and is not tried again', { skip }, async () => {
  const broken = { requests: { memory: '1Gi' }, limits: { memory: '512Mi' } };
  const file = cluster.paths.of('broken.yaml');
  await writeFile(file, JSON.stringify({ collector: { resources: broken } }));
  const upgrade = ['extensions', 'upgrade', 'sensor', '--cluster', name, '--values', file, '--wait'];
  const { code, stdout } = await runCli(hub, upgrade);
  assert.equal(code, 1, 'who waits for it learns that it failed');
  assert.match(stdout, /status +rolled-back\n +message +.*memory limit/);
  const { reported } = await becomes('rolled-back');
  assert.match(reported?.message ?? '', /must be less than or equal to memory limit/);
  assert.equal(reported?.revision, 4);
  const { spec } = await json<{
    spec: { template: { spec: { containers: { resources: { limits: { memory: string } } }[] } } };
  }>(...inNamespace('daemonset', 'yagura-sensor-collector'));
  assert.equal(spec.template.spec.containers[0]?.resources.limits.memory, '296Mi');
  await agent.kill();
  await agent.run();
  await new Promise((resolve) => setTimeout(resolve, 4000));
  const later = (await (await call('GET')).json()) as Extension;
  assert.deepEqual(later.reported, reported, 'the same after a restart of the agent');
});

test('an agent that is killed in the middle of an upgrade goes on with it', { skip }, async () => {
  await simulateNodes(cluster.api, { nodes: 2, pods: 0, namespaces: 0 });
  await want({ publisher: { logLevel: 'debug' } });
  await becomes('installing');
  const statuses = async (): Promise<string> =>
    cluster.kubectl([...inNamespace('secrets'), '-l', 'owner=helm', '-L', 'status', '--no-headers']);
  await waitUntil(statuses, (text) => /pending-upgrade/.test(text), {
    what: 'Helm waiting for pods',
    timeoutMs: 30_000,
  });
  assert.equal(agent.children.length, 1);
  await agent.kill();
  assert.match(await statuses(), /pending-upgrade/);
  await agent.run();
  using kubelet = playKubelet();
  const { reported } = await becomes('installed');
  assert.ok(kubelet.pods > 0);
  assert.match(await agent.log(), /a run was cut short; going back to revision 4 first/);
  const { spec } = await json<{ spec: { template: { spec: { containers: { env: object[] }[] } } } }>(
    ...inNamespace('daemonset', 'yagura-sensor-publisher'),
  );
  assert.match(JSON.stringify(spec.template.spec.containers[0]?.env), /"debug"/);
  assert.equal(reported?.generation, 4);
});

test('what is removed by hand comes back', { skip }, async () => {
  using _ = playKubelet();
  await cluster.helm(['uninstall', 'yagura-sensor', '-n', namespace]);
  await waitUntil(
    () => cluster.kubectl([...inNamespace('daemonsets'), '-o', 'name']),
    (text) => text.includes('yagura-sensor-collector'),
    { what: 'the sensor', timeoutMs: 30_000 },
  );
  await becomes('installed');
});

test('the agent may do what Helm needs in this namespace, and nothing else', { skip }, async () => {
  const self = 'system:serviceaccount:yagura-connect:yagura-connect';
  const may = async (question: string, ...where: readonly string[]): Promise<boolean> => {
    const [verb = '', resource = ''] = question.split(' ');
    const [kind = '', subresource] = resource.split('/');
    const what = [verb, kind, ...(subresource === undefined ? [] : ['--subresource', subresource])];
    const answer = cluster.kubectl(['auth', 'can-i', ...what, ...where, '--as', self]);
    return (await answer.catch(() => 'no')).trim() === 'yes';
  };
  for (const question of ['create daemonsets', 'patch secrets', 'list pods'])
    assert.ok(await may(question, '-n', namespace), question);
  for (const question of [
    ...['create pods', 'create roles', 'create rolebindings', 'bind roles', 'escalate roles'],
    ...[
      'create deployments',
      'create jobs',
      'create serviceaccounts/token',
      'create pods/exec',
      'get pods/log',
    ],
    ...['update daemonsets', 'deletecollection secrets', 'delete pods'],
  ])
    assert.ok(!(await may(question, '-n', namespace)), question);
  for (const question of [
    'create daemonsets',
    'list secrets',
    'get secrets',
    'create configmaps',
    'list pods',
  ])
    for (const other of ['kube-system', 'yagura-connect'])
      assert.ok(!(await may(question, '-n', other)), `${question} in ${other}`);
  for (const question of [
    ...['create clusterroles', 'create clusterrolebindings', 'create priorityclasses', 'patch namespaces'],
    ...['create namespaces', 'list nodes', 'list secrets'],
  ])
    assert.ok(!(await may(question, '-A')), question);
});

test('removing leaves nothing, and no token', { skip }, async () => {
  await cli('extensions', 'remove', 'sensor', '--cluster', name, '--wait');
  assert.match(await cli('extensions', 'list', '--cluster', name), /^sensor +removed +5 /m);
  const left = await cluster.kubectl([
    ...inNamespace('all,secrets,serviceaccounts,networkpolicies,configmaps'),
    ...['-o', 'name'],
  ]);
  const kubernetesOwn = ['serviceaccount/default', 'configmap/kube-root-ca.crt'];
  // Pods without a kubelet to end them are left to the API server's garbage collection.
  const ours = left.split('\n').filter((line) => line && !line.startsWith('pod/'));
  assert.deepEqual(ours.sort(), kubernetesOwn.sort());
  const answer = await fetch(`${hub.apiUrl}/api/v1/registration-tokens`, {
    headers: { authorization: `Bearer ${hub.token}` },
  });
  const { items } = (await answer.json()) as { items: { cluster?: string }[] };
  assert.ok(!items.some(({ cluster: one }) => one !== undefined));
});
