// The whole way on a real node: the agent's own image in a pod installs the sensor, whose node registers, and takes it away again.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { loadImages } from './chart/install-sensor.ts';
import { type Cluster, helm, startCluster, whyNoCluster } from './cluster/index.ts';
import { runCli } from './installation/cli.ts';
import { HubProcess } from './installation/hub-process.ts';
import { waitUntil } from './installation/wait-until.ts';

const name = 'prod';

/** The node's folders go with the cluster, and images are there already. */
const ownerValues = (cluster: Cluster): object => ({
  sensor: {
    image: { registry: 'docker.io/local', pullPolicy: 'Never' },
    hostFolders: { socket: cluster.paths.of('sensor-socket'), data: cluster.paths.of('sensor-data') },
  },
});

test('an agent in a pod installs the sensor on a real node', {
  skip: whyNoCluster('real') ?? false,
}, async (t) => {
  await using cluster = await startCluster({ programs: [helm] });
  await using hub = await HubProcess.start({ address: cluster.network.hostAddress });
  const cli = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await runCli(hub, args);
    assert.equal(code, 0, `${stdout}${stderr}`);
    return stdout;
  };
  const images = await loadImages(cluster, ['collector', 'publisher', 'connect']);
  const { reference = '' } = images.find((image) => image.name === 'connect') ?? {};
  const file = cluster.paths.of('owner.yaml');
  await writeFile(file, JSON.stringify(ownerValues(cluster)));
  const target = ['--kubeconfig', cluster.kubeconfigFile];
  await cli(
    ...['connect', 'kubernetes', name, '--apply', ...target, '--hub', hub.agentsUrl],
    ...['--image', reference, '--extension-values', file],
  );
  await waitUntil(
    () => hub.client.cluster(name),
    (seen) => seen?.connection?.tunnelOpen === true,
    { what: 'the tunnel', timeoutMs: 120_000 },
  ).catch(async (error: unknown) => {
    const said = await cluster.kubectl(['describe', 'pods', '-n', 'yagura-connect']);
    throw new Error(`${(error as Error).message}\n${said.slice(-3000)}`);
  });
  const startedAt = Date.now();
  const installed = await runCli(hub, [
    'extensions',
    'install',
    'sensor',
    '--cluster',
    name,
    '--wait',
    '--timeout',
    '50',
  ]);
  if (installed.code !== 0) {
    const log = await cluster.kubectl(['logs', '-n', 'yagura-connect', 'deploy/yagura-connect', '--tail=40']);
    assert.fail(`${installed.stdout}${installed.stderr}\n${log}`);
  }
  t.diagnostic(`installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
  await waitUntil(
    () => hub.client.nodes(),
    (nodes) => nodes.some(({ state, cluster: of }) => state === 'connected' && of === name),
    { what: 'the node', timeoutMs: 60_000 },
  );
  const pods = JSON.parse(await cluster.kubectl(['get', 'pods', '-n', 'yagura-connect', '-o', 'json'])) as {
    items: { status: { containerStatuses: { restartCount: number }[] } }[];
  };
  assert.equal(pods.items[0]?.status.containerStatuses[0]?.restartCount, 0, 'Helm fits beside the agent');
  await cli('extensions', 'remove', 'sensor', '--cluster', name, '--wait', '--timeout', '50');
  const left = ['get', 'daemonsets,secrets,networkpolicies', '-n', 'yagura-sensor', '-o', 'name'];
  assert.equal((await cluster.kubectl(left)).trim(), '');
  await cli('disconnect', 'kubernetes', name, ...target);
  const ours = ['get', 'ns,clusterroles,clusterrolebindings,priorityclasses', '-o', 'name'];
  assert.doesNotMatch(await cluster.kubectl(ours), /yagura/);
});
