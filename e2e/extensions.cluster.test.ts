// Extensions against a real API server with real Helm: installed, upgraded, rolled back, resumed after a kill, removed.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Extension } from '@yagura/contracts';
import { type Cluster, helm, startCluster, whyNoCluster } from './cluster/index.ts';
import { findProgram } from './cluster/programs/build.ts';
import { ConnectAgent } from './installation/connect-agent.ts';
import { HubProcess } from './installation/hub-process.ts';
import { waitUntil } from './installation/wait-until.ts';

const yagura = fileURLToPath(new URL('../yagura', import.meta.url));
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

function cli(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, YAGURA_URL: hub.apiUrl, YAGURA_TOKEN: hub.token };
  return new Promise((resolve, reject) =>
    execFile(yagura, args, { env, timeout: 60_000 }, (error, stdout, stderr) =>
      error === null ? resolve(stdout) : reject(new Error(stderr)),
    ),
  );
}

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
  console.error(reported, await cluster.kubectl(['get', 'all,secrets,networkpolicies', '-n', namespace]));
});
