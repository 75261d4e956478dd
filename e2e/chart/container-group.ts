// The control groups of containers of the cluster: what each may use, and what it uses.
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Cluster } from '../cluster/index.ts';

const top = '/sys/fs/cgroup';

export interface Limits {
  readonly memoryBytes: number;
  readonly cpuMillis: number;
}

export interface Usage {
  /** What the limit holds against, files that could be dropped included. */
  readonly memoryBytes: number;
  /** The highest it has been. */
  readonly memoryPeakBytes: number;
  /** Without files. */
  readonly anonymousBytes: number;
  readonly cpuMs: number;
  readonly throttledMs: number;
}

export interface ContainerGroup {
  readonly limits: () => Promise<Limits>;
  readonly usage: () => Promise<Usage>;
}

export interface RunningContainer {
  readonly part: string;
  readonly group: ContainerGroup;
}

interface Pods {
  readonly items: readonly {
    readonly status: {
      readonly containerStatuses: readonly { readonly name: string; readonly containerID: string }[];
    };
  }[];
}

/** Every container of every pod of a namespace. */
export async function containersOf(
  cluster: Cluster,
  namespace: string,
): Promise<readonly RunningContainer[]> {
  const { items } = await cluster.api.call<Pods>(`/api/v1/namespaces/${namespace}/pods`);
  const all = items.flatMap(({ status }) =>
    status.containerStatuses.map(async ({ name, containerID }) => {
      const id = containerID.split('//')[1] ?? '';
      if (!/^[0-9a-f]{64}$/.test(id)) throw new Error(`no container of ${name}: ${containerID}`);
      return { part: name, group: await groupOf(id) };
    }),
  );
  return Promise.all(all);
}

async function groupOf(id: string): Promise<ContainerGroup> {
  const isUnified = !(await readdir(top)).includes('memory');
  return isUnified
    ? unified(await find(top, id))
    : perController(await find(join(top, 'memory'), id), await find(join(top, 'cpu'), id));
}

/** One that stands at the top of every hierarchy. */
export async function groupAtTop(name: string): Promise<ContainerGroup> {
  const isUnified = !(await readdir(top)).includes('memory');
  return isUnified
    ? unified(join(top, name))
    : perController(join(top, 'memory', name), join(top, 'cpu', name));
}

async function find(tree: string, id: string): Promise<string> {
  const folders = await readdir(tree, { recursive: true, withFileTypes: true });
  const found = folders.find((entry) => entry.isDirectory() && entry.name.includes(id));
  if (!found) throw new Error(`no control group of ${id} below ${basename(tree)}`);
  return join(found.parentPath, found.name);
}

const numberIn = async (folder: string, file: string): Promise<number> =>
  Number(await readFile(join(folder, file), 'utf8'));

/** Of a file with a line `NAME NUMBER` for each name. */
async function namedIn(folder: string, file: string): Promise<Readonly<Record<string, number>>> {
  const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
  return Object.fromEntries(
    lines.map((line) => line.split(' ')).map(([name, value]) => [name, Number(value)]),
  );
}

const perController = (memory: string, cpu: string): ContainerGroup => ({
  limits: async () => ({
    memoryBytes: await numberIn(memory, 'memory.limit_in_bytes'),
    cpuMillis:
      (1000 * (await numberIn(cpu, 'cpu.cfs_quota_us'))) / (await numberIn(cpu, 'cpu.cfs_period_us')),
  }),
  usage: async () => ({
    memoryBytes: await numberIn(memory, 'memory.usage_in_bytes'),
    memoryPeakBytes: await numberIn(memory, 'memory.max_usage_in_bytes'),
    anonymousBytes: (await namedIn(memory, 'memory.stat'))['rss'] ?? 0,
    cpuMs: (await numberIn(cpu.replace(`${top}/cpu/`, `${top}/cpuacct/`), 'cpuacct.usage')) / 1e6,
    throttledMs: ((await namedIn(cpu, 'cpu.stat'))['throttled_time'] ?? 0) / 1e6,
  }),
});

const unified = (group: string): ContainerGroup => ({
  limits: async () => {
    const [quota, period] = (await readFile(join(group, 'cpu.max'), 'utf8')).split(' ').map(Number);
    return {
      memoryBytes: await numberIn(group, 'memory.max'),
      cpuMillis: (1000 * (quota ?? Number.NaN)) / (period ?? Number.NaN),
    };
  },
  usage: async () => {
    const cpu = await namedIn(group, 'cpu.stat');
    return {
      memoryBytes: await numberIn(group, 'memory.current'),
      memoryPeakBytes: await numberIn(group, 'memory.peak'),
      anonymousBytes: (await namedIn(group, 'memory.stat'))['anon'] ?? 0,
      cpuMs: (cpu['usage_usec'] ?? 0) / 1000,
      throttledMs: (cpu['throttled_usec'] ?? 0) / 1000,
    };
  },
});
