// The folders that Kubernetes' and containerd's programs have by heart, laid over this machine's in the cluster's own view.
import { mkdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ClusterPaths, clustersFolder } from './paths.ts';

/** Name below the cluster's `node` folder → where it is seen. */
const laidOver: Readonly<Record<string, string>> = {
  'run-containerd': '/run/containerd',
  'run-netns': '/run/netns',
  kubelet: '/var/lib/kubelet',
  cni: '/var/lib/cni',
  containers: '/var/log/containers',
  pods: '/var/log/pods',
  'etc-cni': '/etc/cni/net.d',
};

const madeFile = join(clustersFolder, '.made-folders.json');

const readMade = async (): Promise<readonly string[]> =>
  JSON.parse(await readFile(madeFile, 'utf8').catch(() => '[]'));

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function makeWithParents(path: string): Promise<readonly string[]> {
  if (await isThere(path)) return [];
  const parents = await makeWithParents(dirname(path));
  await mkdir(path);
  return [...parents, path];
}

/** Makes both sides and returns the pairs to bind, source before target. Call it with the lock. */
export async function makeNodeFolders(paths: ClusterPaths): Promise<readonly string[]> {
  const made = [...(await readMade())];
  const pairs: string[] = [];
  for (const [name, target] of Object.entries(laidOver)) {
    const source = paths.of('node', name);
    await mkdir(source, { recursive: true });
    made.push(...(await makeWithParents(target)));
    pairs.push(source, target);
  }
  await writeFile(madeFile, JSON.stringify(made));
  return pairs;
}

/** Takes away the empty folders that were made on this machine. Call it with the lock, when no cluster is left. */
export async function removeNodeFolders(): Promise<void> {
  for (const path of (await readMade()).toReversed()) await rmdir(path).catch(() => undefined);
  await rm(madeFile, { force: true });
}
