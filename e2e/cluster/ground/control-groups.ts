// The control groups of a cluster: the kubelet's root, and the group whose members are every process of the cluster.
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const top = '/sys/fs/cgroup';
const killTimeoutMs = 20_000;
/** What the kubelet wants to hand on to pods. */
const controllers = '+cpu +cpuset +io +memory +pids +hugetlb';

/** The path from the top of every hierarchy. */
export const groupOf = (name: string): string => `/yagura-${name}`;

/** One tree with cgroup v2, one a controller with v1; links to those that share one are left out. */
async function hierarchies(): Promise<readonly string[]> {
  const folders = (await readdir(top, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const isUnified = folders.every((entry) => entry.name !== 'memory' && entry.name !== 'pids');
  return isUnified ? [top] : folders.map((entry) => join(top, entry.name));
}

/** Membership is kept where no limit is inherited: the only tree with v2, that of `pids` with v1. */
async function memberTree(): Promise<string> {
  const all = await hierarchies();
  return all.find((tree) => tree.endsWith('/pids')) ?? all[0] ?? top;
}

/** A group of cpuset (v1) takes no process before it has processors and memory nodes. */
async function fillCpuset(tree: string, group: string): Promise<void> {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    const own = join(tree, group, file);
    const text = await readFile(own, 'utf8').catch(() => undefined);
    if (text?.trim() === '') await writeFile(own, await readFile(join(tree, file), 'utf8'));
  }
}

/** Makes the groups and returns the file to write a process' number to. */
export async function makeControlGroups(name: string): Promise<{ readonly membersFile: string }> {
  const group = groupOf(name);
  for (const tree of await hierarchies()) {
    await mkdir(join(tree, group), { recursive: true });
    if (tree === top) {
      // Which controllers there are is the kernel's choice; each is asked for alone, so that one missing costs itself.
      for (const one of controllers.split(' ')) {
        await writeFile(join(tree, 'cgroup.subtree_control'), one).catch(() => undefined);
        await writeFile(join(tree, group, 'cgroup.subtree_control'), one).catch(() => undefined);
      }
    } else await fillCpuset(tree, group);
  }
  const system = join(await memberTree(), group, 'system');
  await mkdir(system, { recursive: true });
  return { membersFile: join(system, 'cgroup.procs') };
}

/** Every folder at and below `folder`, the deepest first. */
async function groupsBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const below: string[] = [];
  for (const entry of entries)
    if (entry.isDirectory()) below.push(...(await groupsBelow(join(folder, entry.name))));
  return entries.length === 0 ? below : [...below, folder];
}

/** Numbers of all processes of the cluster, those in its containers too. */
export async function membersOf(name: string): Promise<readonly number[]> {
  const folders = await groupsBelow(join(await memberTree(), groupOf(name)));
  const lists = await Promise.all(
    folders.map((folder) => readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split('\n').filter(Boolean).map(Number));
}

/** Ends every process of the cluster at once. A process cannot leave its group, so none is missed. */
export async function killMembers(name: string): Promise<void> {
  const deadline = Date.now() + killTimeoutMs;
  for (let pids = await membersOf(name); pids.length > 0; pids = await membersOf(name)) {
    if (Date.now() > deadline)
      throw new Error(`processes ${pids.join(', ')} of the cluster ${name} do not end`);
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
    await sleep(50);
  }
}

export async function removeControlGroups(name: string): Promise<void> {
  for (const tree of await hierarchies()) {
    for (const folder of await groupsBelow(join(tree, groupOf(name)))) await removeWhenEmpty(folder);
  }
}

/** A group stays busy for a moment after its last process has ended. */
async function removeWhenEmpty(folder: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await rmdir(folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return;
      if (code !== 'EBUSY' || attempt >= 40) throw error;
      await sleep(50);
    }
  }
}
