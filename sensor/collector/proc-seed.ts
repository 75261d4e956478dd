// The processes that ran before the probes were attached, read from /proc once.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type ContainerRef, containerOfCgroup } from './container-id.ts';
import type { ProcessTree, TreeEntry } from './process-tree.ts';

const argsMaxBytes = 8192;

export interface SeedResult {
  readonly seeded: number;
  /** Each container once. */
  readonly containers: readonly ContainerRef[];
}

/** What has come through the probes meanwhile is newer and stays. A process that ends while it is read is left out. */
export function seedFromProc(tree: ProcessTree, procFolder: string): SeedResult {
  let seeded = 0;
  const containers = new Map<string, ContainerRef>();
  for (const name of readdirSync(procFolder)) {
    if (!/^[0-9]+$/.test(name)) continue;
    const entry = readEntry(join(procFolder, name), Number(name));
    if (!entry) continue;
    tree.put(entry);
    if (entry.container) containers.set(entry.container.id, entry.container);
    seeded += 1;
  }
  return { seeded, containers: [...containers.values()] };
}

function readEntry(folder: string, pid: number): TreeEntry | undefined {
  try {
    const startTicks = startTicksOf(readFileSync(join(folder, 'stat'), 'utf8'));
    // A kernel thread has no executable, and readlink fails.
    const path = readlinkSync(join(folder, 'exe'));
    const cgroupPath = pickCgroup(readFileSync(join(folder, 'cgroup'), 'utf8'));
    const container = containerOfCgroup(cgroupPath);
    const bytes = readFileSync(join(folder, 'cmdline'));
    const args = bytes.toString('utf8', 0, argsMaxBytes).split('\0').slice(0, -1);
    return {
      pid,
      startTicks,
      program: {
        executable: { path: path.slice(0, 4096), upperLayer: false },
        args: args.slice(0, 512).map((arg) => arg.slice(0, 4096)),
        argsCut: bytes.length > argsMaxBytes,
        cgroupId: '0',
        cgroupPath: cgroupPath.slice(0, 4096),
      },
      ...(container ? { container } : {}),
    };
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/PID/stat; field 2 is a name in parentheses that may hold anything. */
function startTicksOf(stat: string): bigint {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return BigInt(fields[19] ?? '');
}

/** As the kernel side picks: the hierarchy that knows a container, else the first in which the process is not in the root. */
function pickCgroup(cgroups: string): string {
  const paths = cgroups
    .split('\n')
    .map((line) => line.split(':').slice(2).join(':'))
    .filter((path) => path.startsWith('/') && path !== '/');
  return paths.find((path) => containerOfCgroup(path)) ?? paths[0] ?? '/';
}
