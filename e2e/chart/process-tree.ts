// A process and all that it started, measured as a container would be: the hub, which is outside of the cluster, with its PostgreSQL.
import { readdir, readFile } from 'node:fs/promises';
import type { ContainerGroup, Limits, Usage } from './container-group.ts';

interface Row {
  readonly pid: number;
  readonly parent: number;
  readonly cpuMs: number;
}

/** `sysconf(_SC_CLK_TCK)` is 100 on every Linux that we know. */
const tickMs = 10;

/** `limits` are those that it would have in a pod: here nothing holds it to them. */
export const processTree = (pid: number, limits: Limits): ContainerGroup => ({
  limits: () => Promise.resolve(limits),
  usage: async () => {
    const rows = treeOf(pid, await allProcesses());
    const memory = await Promise.all(rows.map((row) => memoryOf(row.pid)));
    const anonymousBytes = memory.reduce((all, { own }) => all + own, 0);
    // PostgreSQL's processes share theirs: added up it would be counted many times.
    const memoryBytes = anonymousBytes + Math.max(0, ...memory.map(({ shared }) => shared));
    return {
      ...{ memoryBytes, anonymousBytes },
      // Nobody keeps the highest for a tree; this is what it is now.
      memoryPeakBytes: memoryBytes,
      cpuMs: rows.reduce((all, { cpuMs }) => all + cpuMs, 0),
      throttledMs: 0,
    } satisfies Usage;
  },
});

async function allProcesses(): Promise<readonly Row[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const rows = await Promise.all(pids.map((pid) => rowOf(pid).catch(() => undefined)));
  return rows.filter((row) => row !== undefined);
}

/** Fields after the name in parentheses, which may hold anything: state, parent, …, user and system time, and those of children that have ended. */
async function rowOf(pid: string): Promise<Row> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const ticks = fields.slice(11, 15).reduce((all, one) => all + one, 0);
  return { pid: Number(pid), parent: fields[1] ?? 0, cpuMs: ticks * tickMs };
}

function treeOf(root: number, rows: readonly Row[]): readonly Row[] {
  const below = (parent: number): readonly Row[] =>
    rows.filter((row) => row.parent === parent).flatMap((row) => [row, ...below(row.pid)]);
  return [...rows.filter(({ pid }) => pid === root), ...below(root)];
}

interface Memory {
  readonly own: number;
  readonly shared: number;
}

/** One that has ended has none. */
async function memoryOf(pid: number): Promise<Memory> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const bytes = (name: string): number =>
    1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
  return { own: bytes('RssAnon'), shared: bytes('RssShmem') };
}
