// Installs the sensor as a user does: images loaded into the node, the chart by Helm.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../cluster/ground/run.ts';
import type { Cluster } from '../cluster/index.ts';
import type { HubProcess } from '../installation/hub-process.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
export const sensorChart = join(repository, 'deploy/chart/yagura');
export const hubChart = join(repository, 'deploy/chart/yagura-hub');
export const namespace = 'yagura';
const registry = 'docker.io/local';

/** Sizes as `--json` prints them. */
export interface BuiltImage {
  readonly name: string;
  readonly reference: string;
  readonly file: string;
  readonly bytes: number;
}

export async function loadImages(cluster: Cluster, names: readonly string[]): Promise<readonly BuiltImage[]> {
  const build = ['deploy/images/main.ts', 'build', ...names, '--out', cluster.paths.of('images')];
  const text = await run(process.execPath, [...build, '--registry', registry, '--json'], {
    cwd: repository,
    timeoutMs: 180_000,
  });
  const images = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as BuiltImage);
  for (const { file } of images) await cluster.importImageFile(file);
  return images;
}

/** Values for the chart: the cluster is called `prod`, and the node's folders go with it. */
const sensorValues = (cluster: Cluster, hub: HubProcess): readonly string[] => {
  const { token, workspace, authorityFile } = hub.registration;
  return [
    ...['--set', 'cluster=prod', '--set', `hub.url=${hub.agentsUrl}`, '--set', `hub.workspace=${workspace}`],
    ...['--set-file', `hub.authority=${authorityFile}`, '--set', `registration.token=${token}`],
    ...['--set', `image.registry=${registry}`, '--set', 'image.pullPolicy=Never'],
    ...['--set', `hostFolders.socket=${cluster.paths.of('sensor-socket')}`],
    ...['--set', `hostFolders.data=${cluster.paths.of('sensor-data')}`],
  ];
};

/** Resolves when a collector and a publisher run on the node, and what `values` ask for. */
export async function installSensor(
  cluster: Cluster,
  hub: HubProcess,
  values: readonly string[] = [],
): Promise<void> {
  const label = 'pod-security.kubernetes.io/enforce=privileged';
  await cluster.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  await cluster.kubectl(['label', 'namespace', namespace, label]);
  const install = ['install', 'yagura', sensorChart, '--namespace', namespace, '--timeout', '90s', '--wait'];
  await cluster.helm([...install, ...values, ...sensorValues(cluster, hub)]).catch(async (error: unknown) => {
    throw new Error(`${(error as Error).message}\n${await whatPodsSay(cluster)}`, { cause: error });
  });
}

async function whatPodsSay(cluster: Cluster): Promise<string> {
  const inNamespace = ['--namespace', namespace];
  const logs = ['logs', '--prefix', '--all-containers', '--tail=20', '-l', 'app.kubernetes.io/name=yagura'];
  const said = await Promise.allSettled([
    cluster.kubectl(['get', 'events', ...inNamespace]),
    cluster.kubectl([...logs, ...inNamespace]),
  ]);
  return said.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))).join('\n');
}
