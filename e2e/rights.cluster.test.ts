// What every part may in a cluster, asked of a real API server; and a connection made by the CLI and one by the chart are the same.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { connectionOf } from './chart/connection.ts';
import { hubChart, sensorChart } from './chart/install-sensor.ts';
import { type Cluster, helm, startCluster, whyNoCluster } from './cluster/index.ts';
import { runCli } from './installation/cli.ts';
import { HubProcess } from './installation/hub-process.ts';

const answersFile = new URL('../docs/reference/can-i.json', import.meta.url);

interface Answer {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly name?: string;
  readonly where: 'own' | 'extensions' | 'all';
  readonly may: boolean;
}

interface Account {
  readonly name: string;
  readonly user: string;
  readonly answers: readonly Answer[];
}

interface Review {
  readonly status: { readonly allowed: boolean };
}

/** As `kubectl auth can-i --as` asks, with the groups that the account has. */
async function mayDo(cluster: Cluster, user: string, { may: _, where, ...asked }: Answer): Promise<boolean> {
  const namespace = /^system:serviceaccount:([^:]+):/.exec(user)?.[1];
  const groups = ['system:authenticated'];
  if (namespace !== undefined) groups.push('system:serviceaccounts', `system:serviceaccounts:${namespace}`);
  const places = { own: namespace ?? 'yagura', extensions: 'yagura-sensor', all: '' };
  const resourceAttributes = { ...asked, namespace: places[where] };
  const spec = { user, groups, resourceAttributes };
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
  const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
  return (await cluster.api.call<Review>(path, { method: 'POST', body: review })).status.allowed;
}

/** No pod runs here: the objects are what counts. */
async function installCharts(cluster: Cluster): Promise<void> {
  const sensor = [
    ...['--set', 'cluster=prod', '--set', 'hub.url=https://hub.example:7443', '--set', 'hub.workspace=w1'],
    ...['--set', 'hub.authority=-----BEGIN CERTIFICATE-----'],
  ];
  const into = (namespace: string): readonly string[] => ['--namespace', namespace, '--create-namespace'];
  const connected = ['--set', 'connect.enabled=true', '--set', 'connect.registration.token=0123456789abcdef'];
  const secrets = ['--set', 'inventory.secrets=true', '--set', 'priorityClass.create=false'];
  const extensions = [
    ...['--set', 'sensor.enabled=false', '--set', 'inventory.enabled=false'],
    ...['--set', 'connect.extensions.enabled=true', '--set', 'priorityClass.create=false'],
  ];
  await cluster.helm(['install', 'yagura', sensorChart, ...into('yagura'), ...sensor, ...connected]);
  await cluster.helm(['install', 'second', sensorChart, ...into('second'), ...sensor, ...secrets]);
  const agent = ['install', 'yagura', sensorChart, ...into('yagura-connect')];
  await cluster.helm([...agent, ...sensor, ...connected, ...extensions]);
  await cluster.helm(['install', 'hub', hubChart, ...into('yagura')]);
}

test('rights', { skip: whyNoCluster('simulated') }, async (t) => {
  await using cluster = await startCluster({ nodes: 'simulated', programs: [helm] });
  await using hub = await HubProcess.start();

  // Where the agent may go: by a name that it looks up, or to an address and nowhere else.
  for (const more of [['--proxy', 'http://proxy.example:3128'], ['--extensions']])
    await t.test(`the CLI and the chart connect a cluster in the same way ${more.join(' ')}`, async () => {
      const wish = ['connect', 'kubernetes', 'prod', '--grant', 'yagura-restart=restarter', ...more];
      const printed = await runCli(hub, wish);
      assert.equal(printed.code, 0, printed.stderr);
      const values = await runCli(hub, [...wish, '--values']);
      assert.equal(values.code, 0, values.stderr);
      const file = cluster.paths.of('values.yaml');
      await writeFile(file, values.stdout, { mode: 0o600 });
      const rendered = await cluster.helm([
        ...['template', 'yagura', sensorChart, '--namespace', 'yagura-connect', '--values', file],
        ...['--set', 'sensor.enabled=false', '--set', 'inventory.enabled=false', '--skip-tests'],
      ]);
      const byCli = await connectionOf(cluster, printed.stdout);
      assert.ok(byCli.rules.length > 10);
      assert.deepEqual(await connectionOf(cluster, rendered), byCli);
    });

  await t.test('every account may what it needs, and is refused all else', async () => {
    await installCharts(cluster);
    const accounts = JSON.parse(await readFile(answersFile, 'utf8')) as readonly Account[];
    assert.ok(accounts.length >= 8);
    for (const { name, user, answers } of accounts)
      for (const answer of answers)
        assert.equal(
          await mayDo(cluster, user, answer),
          answer.may,
          `${name} (${user}): ${JSON.stringify(answer)}`,
        );
  });
});
