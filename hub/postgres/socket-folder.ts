// Where PostgreSQL's Unix socket lies: in the data folder, or in a temporary one if its path would be too long.
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunUser } from './run-user.ts';

export interface SocketFolder {
  /** As the hub names it. */
  readonly path: string;
  /** As PostgreSQL, standing in its cluster's folder, names it. */
  readonly fromCluster: string;
  remove(): Promise<void>;
}

/** 107 bytes on Linux and 103 on macOS are all that the kernel takes. */
const longestPath = 103;
const socketName = '.s.PGSQL.5432';

export async function makeSocketFolder(
  postgresFolder: string,
  temporaryFolder: string,
  user: RunUser | undefined,
): Promise<SocketFolder> {
  const near = join(postgresFolder, 'run');
  if (Buffer.byteLength(join(near, socketName)) <= longestPath) {
    await mkdir(near, { recursive: true, mode: 0o700 });
    if (user) await chown(near, user.uid, user.gid);
    return { path: near, fromCluster: '../run', remove: async () => undefined };
  }
  const far = await mkdtemp(join(temporaryFolder, 'yagura-pg-'));
  if (user) await chown(far, user.uid, user.gid);
  return { path: far, fromCluster: far, remove: () => rm(far, { recursive: true, force: true }) };
}
