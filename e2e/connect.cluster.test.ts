// A connected cluster against a real API server: what is granted is carried and nothing else, each request is recorded.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Cluster as HubCluster } from '@yagura/contracts';
import { type Cluster, startCluster, whyNoCluster } from './cluster/index.ts';
import { type Run, runCli } from './installation/cli.ts';
import { ConnectAgent } from './installation/connect-agent.ts';
import { HubProcess } from './installation/hub-process.ts';
import { waitUntil } from './installation/wait-until.ts';

const namespace = 'yagura-connect';
const name = 'prod';
const skip = whyNoCluster('simulated') ?? false;

let cluster: Cluster;
let hub: HubProcess;
let agent: ConnectAgent;

const cli = (...args: readonly string[]): Promise<Run> => runCli(hub, args);

const carried = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${hub.apiUrl}/api/v1/clusters/${name}/proxy${path}`, {
    ...init,
    headers: { authorization: `Bearer ${hub.token}`, ...(init.headers as object) },
  });

const secretOf = async (secret: string, key: string): Promise<string> => {
  const text = await cluster.kubectl(['get', 'secret', secret, '-n', namespace, '-o', 'json']);
  const { data = {} } = JSON.parse(text) as { data?: Record<string, string> };
  return Buffer.from(data[key] ?? '', 'base64').toString();
};

const connection = (isRight: (seen: HubCluster['connection']) => boolean, what: string) =>
  waitUntil(async () => (await hub.client.cluster(name))?.connection, isRight, { what, timeoutMs: 30_000 });

async function apply(...args: readonly string[]): Promise<void> {
  const printed = await cli('connect', 'kubernetes', name, ...args);
  assert.equal(printed.code, 0, printed.stderr);
  await cluster.kubectl(['apply', '-f', '-'], printed.stdout);
}

/** What the Deployment would run, here instead of in a pod: with its service account and its own arguments. */
async function startAgent(token: string): Promise<ConnectAgent> {
  const config = JSON.parse(await cluster.kubectl(['config', 'view', '--raw', '-o', 'json'])) as {
    clusters: { cluster: { server: string; 'certificate-authority-data'?: string } }[];
  };
  const { server = '', 'certificate-authority-data': authority = '' } = config.clusters[0]?.cluster ?? {};
  const args = (await cluster.kubectl([
    ...['get', 'deployment', 'yagura-connect', '-n', namespace],
    ...['-o', 'jsonpath={.spec.template.spec.containers[0].args}'],
  ])) as string;
  const valueAfter = (flag: string): string => {
    const list = JSON.parse(args) as string[];
    return list[list.indexOf(flag) + 1] ?? '';
  };
  return ConnectAgent.start({
    hub: valueAfter('--hub'),
    authority: await cluster.kubectl([
      ...['get', 'configmap', 'yagura-connect', '-n', namespace],
      ...['-o', 'jsonpath={.data.authority\\.pem}'],
    ]),
    workspace: valueAfter('--workspace'),
    cluster: valueAfter('--cluster'),
    token,
    apiServer: {
      url: server,
      authority: Buffer.from(authority, 'base64').toString(),
      token: (await cluster.kubectl(['create', 'token', 'yagura-connect', '-n', namespace])).trim(),
    },
    args: [
      ...['--identity-secret', valueAfter('--identity-secret')],
      ...['--roles', 'yagura-reader', '--roles', 'yagura-labels'],
    ],
  });
}

before(async () => {
  if (skip !== false) return;
  cluster = await startCluster({ nodes: 'simulated' });
  hub = await HubProcess.start();
  await cluster.kubectl(['create', 'clusterrole', 'labels', '--verb=get,patch', '--resource=namespaces']);
  await apply('--grant', 'yagura-labels=labels');
  agent = await startAgent(await secretOf('yagura-connect-token', 'token'));
  await connection((seen) => seen?.state === 'connected' && seen.tunnelOpen, 'the connection');
});
after(async () => {
  await agent?.[Symbol.asyncDispose]();
  await hub?.[Symbol.asyncDispose]();
  await cluster?.[Symbol.asyncDispose]();
});

test('the hub shows what it is connected to', { skip }, async () => {
  const seen = await connection((one) => one?.kubernetesVersion !== undefined, 'the version');
  assert.deepEqual(seen?.roles, ['yagura-reader', 'yagura-labels']);
  assert.match(seen?.kubernetesVersion ?? '', /^v1\./);
  assert.deepEqual(
    seen?.components.map((component) => [component.name, component.healthy, component.message]),
    [['connect', true, undefined]],
  );
});

test('kubectl reads through the tunnel, and writes only under a role that may', { skip }, async () => {
  const read = await cli('kubectl', '--cluster', name, '--', 'get', 'namespaces', '-o', 'name');
  assert.equal(read.code, 0, read.stderr);
  assert.match(read.stdout, /^namespace\/kube-system$/m);
  const label = ['label', 'namespace', 'default', 'seen=yes'];
  const refused = await cli('kubectl', '--cluster', name, '--', ...label);
  assert.match(refused.stderr, /User "yagura-reader" cannot patch resource "namespaces"/);
  const allowed = await cli('kubectl', '--cluster', name, '--as', 'yagura-labels', '--', ...label);
  assert.equal(allowed.code, 0, allowed.stderr);
  assert.match(await cluster.kubectl(['get', 'ns', 'default', '--show-labels']), /seen=yes/);
});

test('a watch goes on through the tunnel, and its events come at once', { skip }, async () => {
  const stop = new AbortController();
  const answer = await carried('/api/v1/namespaces?watch=1', {
    signal: stop.signal,
  });
  assert.equal(answer.status, 200);
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  await cluster.kubectl(['create', 'namespace', 'watched']);
  let text = '';
  while (!text.includes('"watched"')) {
    const { value, done } = await reader.read();
    assert.ok(!done, `the watch ended after ${text}`);
    text += Buffer.from(value).toString();
  }
  stop.abort();
});

test('nothing but granted roles is carried, whatever the request says', { skip }, async () => {
  const message = async (answer: Response): Promise<string> =>
    `${answer.status} ${((await answer.json()) as { message: string }).message}`;
  for (const user of ['kubernetes-admin', 'system:admin', 'yagura-other', `system:serviceaccount:x:y`]) {
    const answer = await carried('/api/v1/namespaces', { headers: { 'impersonate-user': user } });
    assert.match(await message(answer), /^403 the owner of this cluster has not granted the role/, user);
  }
  for (const header of ['impersonate-group', 'impersonate-uid', 'impersonate-extra-scopes']) {
    const answer = await carried('/api/v1/namespaces', { headers: { [header]: 'system:masters' } });
    assert.match(await message(answer), new RegExp(`^403 ${header} is not carried`));
  }
  for (const path of [
    '/api/v1/secrets',
    '/api/v1/configmaps',
    '/api/v1/namespaces/kube-system/secrets',
    `/api/v1/namespaces/${namespace}/secrets/yagura-connect-identity`,
    '/api/v1/nodes/x/proxy/metrics',
    '/logs/',
    '/metrics',
  ])
    assert.match(await message(await carried(path)), /^403 .*yagura-reader/, path);
  const exec = await cli('kubectl', '--cluster', name, '--', 'exec', 'pod', '--', 'id');
  assert.notEqual(exec.code, 0);
  const review = await carried('/apis/authentication.k8s.io/v1/selfsubjectreviews', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'yagura-role': 'yagura-labels' },
    body: JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }),
  });
  const { status } = (await review.json()) as {
    status: { userInfo: { username: string; groups: string[] } };
  };
  assert.deepEqual(status.userInfo, { username: 'yagura-reader', groups: ['system:authenticated'] });
});

test('each request is in the trail, with who asked and under which role', { skip }, async () => {
  const marker = `/api/v1/namespaces/default?marker=${Date.now()}`;
  await carried(marker);
  await carried(marker, { headers: { 'impersonate-user': 'yagura-labels' } });
  const entries = (await hub.client.trail()).filter(
    ({ detail }) => (detail as { path?: string } | undefined)?.path === marker,
  );
  assert.deepEqual(
    entries.map(({ actor, action, target, detail }) => [
      actor,
      action,
      target,
      (detail as { role: string }).role,
    ]),
    [
      ['token:local CLI', 'getThroughCluster', name, 'yagura-labels'],
      ['token:local CLI', 'getThroughCluster', name, 'yagura-reader'],
    ],
  );
});

test('the agent itself may be the granted roles and keep its identity, and nothing else', {
  skip,
}, async () => {
  const self = `system:serviceaccount:${namespace}:yagura-connect`;
  const may = async (...question: readonly string[]): Promise<boolean> =>
    (await cluster.kubectl(['auth', 'can-i', ...question, '--as', self]).then(
      (text) => text.trim(),
      () => 'no',
    )) === 'yes';
  for (const allowed of [
    ['impersonate', 'users/yagura-reader'],
    ['impersonate', 'users/yagura-labels'],
    ['get', 'secrets/yagura-connect-identity', '-n', namespace],
    ['patch', 'secrets/yagura-connect-identity', '-n', namespace],
  ])
    assert.ok(await may(...allowed), `${allowed.join(' ')} is needed`);
  for (const refused of [
    ['impersonate', 'users/kubernetes-admin'],
    ['impersonate', 'users'],
    ['impersonate', 'groups/system:masters'],
    ['impersonate', 'serviceaccounts'],
    ['get', 'secrets/yagura-connect-token', '-n', namespace],
    ['list', 'secrets', '-n', namespace],
    ['update', 'secrets/yagura-connect-identity', '-n', namespace],
    ['list', 'pods', '-A'],
    ['list', 'namespaces'],
    ['create', 'pods', '-n', namespace],
    ['create', 'clusterrolebindings'],
    ['escalate', 'clusterroles'],
    ['bind', 'clusterroles'],
    ['create', 'serviceaccounts', '--subresource=token', '-n', namespace],
    ['get', 'pods', '--subresource=log', '-n', namespace],
    ['create', 'pods', '--subresource=exec', '-n', namespace],
  ])
    assert.ok(!(await may(...refused)), `${refused.join(' ')} must be refused`);
});

test('its identity is in the Secret: another pod goes on with it, without a token', { skip }, async () => {
  const { agentId } = JSON.parse(await secretOf('yagura-connect-identity', 'identity.json')) as {
    agentId: string;
  };
  await agent[Symbol.asyncDispose]();
  await connection((seen) => seen?.tunnelOpen === false, 'the end of the tunnel');
  const answer = await carried('/version');
  assert.equal(answer.status, 503);
  assert.match(await answer.text(), /no tunnel to cluster prod/);
  await cluster.kubectl(['delete', 'secret', 'yagura-connect-token', '-n', namespace]);
  agent = await startAgent('');
  const seen = await connection((one) => one?.tunnelOpen === true, 'the tunnel');
  assert.equal(seen?.agentId, agentId);
});

test('a revoked cluster is cut off within seconds, and comes back as itself with a new token', {
  skip,
}, async () => {
  const before = await hub.client.cluster(name);
  const revokedAt = Date.now();
  await hub.client.post(`/api/v1/clusters/${name}/revoke`, {});
  await connection((seen) => seen?.state === 'revoked' && !seen.tunnelOpen, 'the revocation');
  assert.ok(Date.now() - revokedAt < 15_000);
  await waitUntil(
    () => agent.log(),
    (log) => /CERTIFICATE_REVOKED/.test(log),
    {
      what: 'the reason in the log of the agent',
      timeoutMs: 20_000,
    },
  );
  await apply('--grant', 'yagura-labels=labels');
  await agent.setToken(await secretOf('yagura-connect-token', 'token'));
  const seen = await connection((one) => one?.state === 'connected' && one.tunnelOpen, 'the new connection');
  assert.equal(seen?.agentId, before?.connection?.agentId);
});

test('disconnect leaves nothing behind', { skip }, async () => {
  const done = await cli('disconnect', 'kubernetes', name, '--kubeconfig', cluster.kubeconfigFile);
  assert.equal(done.code, 0, done.stderr);
  const left = await cluster.kubectl([
    ...['get', 'clusterroles,clusterrolebindings,namespaces,roles,rolebindings', '-A', '-o', 'name'],
    ...['--selector', 'app.kubernetes.io/part-of=yagura'],
  ]);
  assert.equal(left, '');
  const gone = await cluster.kubectl([
    'get',
    'all,secrets,configmaps,networkpolicies',
    '-n',
    namespace,
    '-o',
    'name',
  ]);
  assert.equal(gone, '');
  assert.equal((await hub.client.cluster(name))?.connection, undefined);
});
