// How much memory each program of a cluster takes.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterPaths } from './ground/paths.ts';
import { isRunning, type ProcessIdentity } from './ground/process-identity.ts';

export interface PartUsage {
  readonly name: string;
  readonly isRunning: boolean;
  /** Resident, without what it shares with files. */
  readonly memoryBytes: number;
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

export async function partsOf({ pids }: ClusterPaths): Promise<readonly PartUsage[]> {
  const names = await readdir(pids).catch(() => []);
  return Promise.all(
    names.sort().map(async (name) => {
      const identity = JSON.parse(await readFile(join(pids, name), 'utf8')) as ProcessIdentity;
      const isAlive = await isRunning(identity);
      return {
        name,
        isRunning: isAlive,
        memoryBytes: isAlive ? await residentBytes(identity.pid) : 0,
      };
    }),
  );
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;

export function usageTable(parts: readonly PartUsage[]): string {
  const line = (name: string, value: string): string => `  ${name.padEnd(26)}${value.padStart(10)}\n`;
  const sum = parts.reduce((total, { memoryBytes }) => total + memoryBytes, 0);
  return [
    ...parts.map(({ name, isRunning: alive, memoryBytes }) =>
      line(name, alive ? mebibytes(memoryBytes) : 'ended'),
    ),
    line('all', mebibytes(sum)),
  ].join('');
}
