// What the charts render is taken by a real API server in every shape that their values allow, and gives no rights; the hub runs by its chart.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadImages, sensorChart } from './chart/install-sensor.ts';
import { type Cluster, helm, startCluster, whyNoCluster } from './cluster/index.ts';

const hubChart = sensorChart.replace(/yagura$/, 'yagura-hub');

const sensor: readonly string[] = [
  ...['--set', 'cluster=prod', '--set', 'hub.url=https://hub.example:7443', '--set', 'hub.workspace=w1'],
  ...['--set', 'registration.token=0123456789abcdef'],
];
const authority = ['--set', 'hub.authority=-----BEGIN CERTIFICATE-----'];
const connect = ['--set', 'connect.enabled=true'];
const sysAdmin = 'collector.capabilities={SYS_ADMIN,SYS_RESOURCE,SYS_PTRACE}';

/** OpenShift's own kind is left out: no other API server knows it. */
const shapes: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'sensor, as it is': [sensorChart, [...sensor, ...authority]],
  "sensor, with Defender's capabilities and without policies": [
    sensorChart,
    [...sensor, ...authority, '--set', sysAdmin, '--set', 'networkPolicy.enabled=false'],
  ],
  'sensor, with what exists already': [
    sensorChart,
    [
      ...sensor,
      ...['--set', 'hub.existingAuthority=ca', '--set', 'registration.existingSecret=token'],
      ...['--set', 'priorityClass.create=false', '--set', 'image.pullSecrets={pull}'],
      ...[
        '--set',
        'networkPolicy.hubAddresses={192.0.2.7/32}',
        '--set',
        'hub.proxy=http://proxy.example:3128',
      ],
      ...['--set', 'collector.appArmorProfile=null', '--set', 'collector.seLinuxOptions.type=spc_t'],
    ],
  ],
  'sensor, with a connection, budgets and the right to see Secrets': [
    sensorChart,
    [
      ...[...sensor, ...authority, ...connect, '--set', 'inventory.secrets=true'],
      ...[
        '--set',
        'connect.grants.yagura-viewer=view',
        '--set',
        'connect.registration.token=0123456789abcdef',
      ],
      ...[
        '--set',
        'inventory.podDisruptionBudget.enabled=true',
        '--set',
        'connect.podDisruptionBudget.enabled=true',
      ],
      ...['--set', 'networkPolicy.apiServerAddresses={192.0.2.8/32}'],
      ...['--set-json', 'inventory.tolerations=[{"operator":"Exists"}]'],
    ],
  ],
  'a connection alone, as on GKE Autopilot and Fargate': [
    sensorChart,
    [
      ...[...sensor, ...connect, '--set', 'sensor.enabled=false', '--set', 'inventory.enabled=false'],
      ...['--set', 'hub.existingAuthority=ca', '--set', 'connect.registration.existingSecret=token'],
      ...['--set', 'connect.grants.yagura-reader=view'],
    ],
  ],
  'hub, as it is': [hubChart, []],
  'hub, with what exists already': [
    hubChart,
    [
      ...['--set', 'publicUrl=https://yagura.example', '--set', 'tls.existingSecret=tls'],
      ...['--set', 'database.existingSecret=database', '--set', 'persistence.existingClaim=data'],
      ...[
        '--set',
        'podDisruptionBudget.enabled=true',
        '--set',
        'networkPolicy.consoleAddresses={10.0.0.0/8}',
      ],
      ...['--set', 'service.type=LoadBalancer', '--set', 'agents.names={hub.example}'],
    ],
  ],
};

/** Each with a word of the message that says what to mend. */
const mistakes: Readonly<Record<string, readonly [readonly string[], RegExp]>> = {
  'no authority': [sensor, /--set-file hub\.authority/],
  'a hub without TLS': [[...sensor, ...authority, '--set', 'hub.url=http://hub'], /hub\/url/],
  'a capability that is not named': [
    [...sensor, ...authority, '--set', 'collector.capabilities={NET_ADMIN}'],
    /collector\/capabilities/,
  ],
  'an inventory without a publisher': [
    [...sensor, ...authority, '--set', 'sensor.enabled=false'],
    /inventory\.enabled needs sensor\.enabled/,
  ],
  'a connection without a name': [
    [...sensor, ...authority, ...connect, '--set', 'cluster='],
    /--set cluster=NAME/,
  ],
  'a role that is not ours': [
    [...sensor, ...authority, ...connect, '--set', 'connect.grants.admin=cluster-admin'],
    /connect\/grants/,
  ],
  'a value that does not exist': [[...sensor, ...authority, '--set', 'colector.scope=node'], /colector/],
};

const accounts = ['yagura:one-collector', 'yagura:one-publisher', 'yagura:one'] as const;
/** Verb, resource, subresource. */
const questions: readonly (readonly [string, string, string?])[] = [
  ['list', 'pods'],
  ['get', 'secrets'],
  ['create', 'pods'],
  ['create', 'pods', 'exec'],
  ['create', 'serviceaccounts', 'token'],
  ['get', 'nodes'],
  ['get', 'nodes', 'proxy'],
  ['impersonate', 'users'],
  ['*', '*'],
];

interface Review {
  readonly status: { readonly allowed: boolean };
}

/** As `kubectl auth can-i --as` asks. */
async function mayDo(
  cluster: Cluster,
  account: string,
  question: (typeof questions)[number],
): Promise<boolean> {
  const [verb, resource, subresource = ''] = question;
  const where = { namespace: 'yagura', verb, resource, subresource };
  const spec = { user: `system:serviceaccount:${account}`, resourceAttributes: where };
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
  const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
  return (await cluster.api.call<Review>(path, { method: 'POST', body: review })).status.allowed;
}

test('the charts', async (t) => {
  const reason = whyNoCluster('real');
  if (reason !== undefined) return t.skip(reason);
  await using cluster = await startCluster({ programs: [helm] });
  await cluster.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'yagura' } }]);

  for (const [name, [chart, values]] of Object.entries(shapes))
    await t.test(name, async () => {
      await cluster.helm(['lint', '--strict', chart, ...values]);
      const rendered = await cluster.helm(['template', 'one', chart, '--namespace', 'yagura', ...values]);
      assert.ok(rendered.length > 1000);
      const dryRun = ['apply', '--dry-run=server', '--validate=strict', '--namespace', 'yagura', '-f', '-'];
      await cluster.kubectl(dryRun, rendered);
    });

  for (const [name, [values, message]] of Object.entries(mistakes))
    await t.test(`${name} is refused, with what to mend`, () =>
      assert.rejects(cluster.helm(['template', 'one', sensorChart, ...values]), message),
    );

  await t.test('OpenShift gets its constraints', async () => {
    const values = [...sensor, ...authority, ...connect, '--set', 'openshift.enabled=true'];
    const rendered = await cluster.helm(['template', 'one', sensorChart, '--namespace', 'yagura', ...values]);
    assert.equal(rendered.match(/^kind: SecurityContextConstraints$/gm)?.length, 4);
  });

  await t.test('the hub runs by its chart, is well, and no account has a right', async () => {
    await loadImages(cluster, ['hub']);
    const image = ['--set', 'image.registry=docker.io/local', '--set', 'image.pullPolicy=Never'];
    const folder = ['--set', 'persistence.enabled=false'];
    const install = ['install', 'one', hubChart, '--namespace', 'yagura', '--timeout', '110s', '--wait'];
    await cluster.helm([...install, ...image, ...folder]);
    // There is no DNS here: the test of the chart would not find the service by its name.
    const address = await cluster.kubectl([
      'get',
      'service',
      '-n',
      'yagura',
      'one',
      '-o',
      'jsonpath={.spec.clusterIP}',
    ]);
    const look = `process.env.NODE_TLS_REJECT_UNAUTHORIZED='0';
      fetch('https://${address}/healthz', { headers: { host: 'one.yagura.svc' } }).then(async (r) => console.log(r.status, await r.text()))`;
    const pod = ['exec', '-n', 'yagura', 'statefulset/one', '--', '/usr/bin/node', '-e', look];
    t.diagnostic(await cluster.kubectl(pod));
    for (const account of accounts)
      for (const question of questions)
        assert.equal(await mayDo(cluster, account, question), false, `${account} may ${question.join(' ')}`);
  });
});
