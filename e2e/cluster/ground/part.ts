// One program of a cluster as a process: within its namespaces and its group, its output in a file.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { enter } from './holder.ts';
import type { ClusterPaths } from './paths.ts';
import { endProcess, identify, isRunning, type ProcessIdentity } from './process-identity.ts';
import type { ClusterState } from './state.ts';

export interface Part {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

export type Inside = Pick<ClusterState, 'holder' | 'membersFile'>;

/** The shell joins the group first, so that not even the program's first child is outside of it. */
const joinAndRun = 'echo $$ > "$1" && shift && exec "$@"';

const pidFile = (paths: ClusterPaths, part: string): string => join(paths.pids, part);
export const logFile = (paths: ClusterPaths, part: string): string => join(paths.logs, `${part}.log`);

export async function startPart(paths: ClusterPaths, inside: Inside, part: Part): Promise<void> {
  const log = await open(logFile(paths, part.name), 'a', 0o600);
  try {
    const { holder, membersFile } = inside;
    const join = ['sh', '-c', joinAndRun, 'sh', membersFile, part.command, ...part.args];
    const child = spawn('nsenter', [...enter(holder), ...join], {
      cwd: paths.folder,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await once(child, 'spawn');
    child.unref();
    const identity = await identify(child.pid ?? 0);
    await writeFile(pidFile(paths, part.name), JSON.stringify(identity ?? {}));
  } finally {
    await log.close();
  }
}

async function readPid(paths: ClusterPaths, part: string): Promise<ProcessIdentity | undefined> {
  const text = await readFile(pidFile(paths, part), 'utf8').catch(() => '');
  return text === '' ? undefined : (JSON.parse(text) as ProcessIdentity);
}

export async function isPartRunning(paths: ClusterPaths, part: string): Promise<boolean> {
  const identity = await readPid(paths, part);
  return identity !== undefined && isRunning(identity);
}

/** An API server has flushed its audit log long before it lets go of the last watch, which takes it a minute. */
const patienceMs = 8_000;

/** `kill` ends it as a crash would. */
export async function stopPart(
  paths: ClusterPaths,
  part: string,
  how: 'ask' | 'kill' = 'ask',
): Promise<void> {
  const identity = await readPid(paths, part);
  if (identity !== undefined) await endProcess(identity, how === 'kill' ? 0 : patienceMs);
  await rm(pidFile(paths, part), { force: true });
}

/** For a message: what the program said last. */
export async function lastWords(paths: ClusterPaths, part: string): Promise<string> {
  const text = await readFile(logFile(paths, part), 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-12).join('\n');
}
