// Makes the folder of PostgreSQL's data, once and whole.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HubError } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import type { RunUser } from './run-user.ts';

export interface Cluster {
  readonly folder: string;
  readonly password: string;
  /** False if it was there already. */
  readonly created: boolean;
}

export const superuser = 'yagura';

/**
 * `initdb` works in `data.new`, which is renamed when it is done: a folder called `data` is always whole, and
 * what an interrupted start left is removed.
 */
export async function ensureCluster(
  folder: string,
  binaries: Binaries,
  user: RunUser | undefined,
): Promise<Cluster> {
  const cluster = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  if (await stat(cluster).catch(() => undefined)) {
    const password = await readFile(passwordFile, 'utf8').catch((cause) => {
      throw new HubError('POSTGRES_FAILED', `${passwordFile} cannot be read`, { cause });
    });
    return { folder: cluster, password: password.trim(), created: false };
  }
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  const fresh = join(folder, 'data.new');
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  if (user) await chown(fresh, user.uid, user.gid);
  // A copy that PostgreSQL's user may read, for as long as `initdb` runs.
  const initFile = join(folder, 'password.init');
  await rm(initFile, { force: true });
  await writeFile(initFile, `${password}\n`, { mode: 0o600 });
  if (user) await chown(initFile, user.uid, user.gid);
  await runInitdb(binaries.initdb, fresh, user).finally(() => rm(initFile, { force: true }));
  await rename(fresh, cluster);
  return { folder: cluster, password, created: true };
}

/**
 * The folder is named `/proc/self/cwd` on Linux, so that PostgreSQL's user needs no right to pass the folders above
 * it: a checkout below /root works without opening /root to anyone.
 */
export const nameOfOwnFolder = (folder: string, user: RunUser | undefined): string =>
  user === undefined ? folder : '/proc/self/cwd';

async function runInitdb(initdb: string, folder: string, user: RunUser | undefined): Promise<void> {
  await promisify(execFile)(
    initdb,
    [
      `--pgdata=${nameOfOwnFolder(folder, user)}`,
      `--username=${superuser}`,
      '--auth=scram-sha-256',
      '--pwfile=../password.init',
      '--encoding=UTF8',
      // PostgreSQL's own locale: what the machine has installed, or updates, cannot spoil an index.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ],
    { cwd: folder, env: { LC_ALL: 'C', TZ: 'UTC' }, timeout: 120_000, ...user },
  ).catch((cause: Error & { stderr?: string }) => {
    throw new HubError('POSTGRES_FAILED', `initdb: ${(cause.stderr ?? cause.message).slice(-1000)}`, {
      cause,
    });
  });
}
