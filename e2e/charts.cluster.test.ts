// What the charts render is taken by a real API server in every shape that their values allow; the hub runs by its chart.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hubChart, loadImages, sensorChart } from './chart/install-sensor.ts';
import { openShiftKinds } from './chart/openshift.ts';
import { helm, startCluster, whyNoCluster } from './cluster/index.ts';

const sensor: readonly string[] = [
  ...['--set', 'cluster=prod', '--set', 'hub.url=https://hub.example:7443', '--set', 'hub.workspace=w1'],
  ...['--set', 'registration.token=0123456789abcdef'],
];
const authority = ['--set', 'hub.authority=-----BEGIN CERTIFICATE-----'];
const connect = ['--set', 'connect.enabled=true'];
const sysAdmin = 'collector.capabilities={SYS_ADMIN,SYS_RESOURCE,SYS_PTRACE}';

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
  'everything, on OpenShift': [
    sensorChart,
    [
      ...[...sensor, ...authority, ...connect, '--set', 'openshift.enabled=true'],
      ...['--set', 'collector.seLinuxOptions.type=spc_t', '--set', 'collector.runtime.folder=/run/crio'],
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

test('the charts', async (t) => {
  const reason = whyNoCluster('real');
  if (reason !== undefined) return t.skip(reason);
  await using cluster = await startCluster({ programs: [helm] });
  await cluster.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'yagura' } }]);

  await cluster.apply([openShiftKinds]);
  const made = ['wait', '--for=condition=Established', 'customresourcedefinition', '--all', '--timeout=30s'];
  await cluster.kubectl(made);

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

  await t.test('the hub runs by its chart, and its own test says that it is well', async () => {
    await loadImages(cluster, ['hub']);
    const image = ['--set', 'image.registry=docker.io/local', '--set', 'image.pullPolicy=Never'];
    const folder = ['--set', 'persistence.enabled=false'];
    const install = ['install', 'one', hubChart, '--namespace', 'yagura', '--timeout', '110s', '--wait'];
    await cluster.helm([...install, ...image, ...folder]);
    await cluster.helm(['test', 'one', '--namespace', 'yagura', '--timeout', '60s']);
  });
});
