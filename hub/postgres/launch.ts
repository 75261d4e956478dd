// Starts one PostgreSQL process, which ends with the hub however the hub ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { HubError } from '../errors.ts';
import { nameOfOwnFolder } from './cluster.ts';
import type { RunUser } from './run-user.ts';
import { settingFlags } from './settings.ts';

export interface LaunchOptions {
  readonly postgres: string;
  readonly cluster: string;
  readonly socketFolder: string;
  readonly user: RunUser | undefined;
  readonly onLine: (line: string) => void;
}

export interface RunningServer {
  readonly pid: number;
  /** Resolves when the process has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** Ends it: sessions are cut, everything committed is kept. */
  stop(): Promise<void>;
}

/**
 * A child of the shell reads a pipe that only the hub holds open: if the hub is killed, the read fails and PostgreSQL
 * is told to stop. A line in the pipe says that it has ended already. The name is compared first because the number
 * may belong to somebody else by then.
 */
const script = `
( { read -r line <&3 || { read -r name < /proc/$$/comm && [ "$name" = postgres ] && kill -INT $$; }; } & )
exec "$@" 3<&-`;

const startMs = 60_000;
const fastStopMs = 15_000;
const keptLines = 12;

export async function launch(options: LaunchOptions): Promise<RunningServer> {
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      script,
      'sh',
      options.postgres,
      '-D',
      nameOfOwnFolder(options.cluster, options.user),
      ...settingFlags(options.socketFolder),
    ],
    {
      cwd: options.cluster,
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      // A session of its own: Ctrl-C is for the hub, which then stops PostgreSQL in order.
      detached: true,
      ...options.user,
    },
  );
  const lifeline = child.stdio[3] as Writable;
  lifeline.on('error', () => undefined);
  const ended = endOf(child, lifeline);
  await untilReady(child, ended, options.onLine);
  return { pid: child.pid ?? 0, ended, stop: () => stop(child, ended) };
}

async function endOf(child: ChildProcess, lifeline: Writable): RunningServer['ended'] {
  const [code, signal] = await once(child, 'exit').catch(() => [null, null]);
  lifeline.end('ended\n');
  return { code, signal };
}

async function untilReady(
  child: ChildProcess,
  ended: RunningServer['ended'],
  onLine: (line: string) => void,
): Promise<void> {
  const last: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (child.stderr === null) throw new HubError('POSTGRES_FAILED', 'no standard error');
  createInterface({ input: child.stderr }).on('line', (line) => {
    last.push(line);
    if (last.length > keptLines) last.shift();
    onLine(line);
    if (line.includes('database system is ready to accept connections')) resolve();
  });
  const timer = setTimeout(() => {
    child.kill('SIGQUIT');
    reject(failure([`not ready after ${startMs / 1000} s`, ...last]));
  }, startMs);
  // The last lines arrive after the end of the process was noticed.
  void ended.then(() => setTimeout(() => reject(failure(last)), 20));
  await promise.finally(() => clearTimeout(timer));
}

function failure(lines: readonly string[]): HubError {
  const text = lines.join(' · ');
  return new HubError(
    /incompatible with server|not compatible with this version/.test(text)
      ? 'POSTGRES_VERSION'
      : 'POSTGRES_FAILED',
    text,
  );
}

async function stop(child: ChildProcess, ended: RunningServer['ended']): Promise<void> {
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), fastStopMs);
  await ended;
  clearTimeout(timer);
}
