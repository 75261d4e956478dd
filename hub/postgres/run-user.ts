// The unprivileged user that PostgreSQL runs as when the hub runs as root: PostgreSQL refuses to be root.
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface RunUser {
  readonly uid: number;
  readonly gid: number;
}

/** Debian's number for `nobody`; used if the user list cannot be read. */
const nobody: RunUser = { uid: 65534, gid: 65534 };

/**
 * The owner of a data folder that is there already, else `postgres` if this machine has such a user, else `nobody`.
 * PostgreSQL looks its user up by number, so that it must be one that the machine knows: none is created.
 */
export async function chooseRunUser(clusterFolder: string, userList = '/etc/passwd'): Promise<RunUser> {
  const owner = await stat(clusterFolder).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = parseUsers(await readFile(userList, 'utf8').catch(() => ''));
  return users.get('postgres') ?? users.get('nobody') ?? nobody;
}

export function parseUsers(text: string): ReadonlyMap<string, RunUser> {
  const rows = text.split('\n').map((line) => line.split(':'));
  return new Map(
    rows.flatMap(([name, , uid, gid]): [string, RunUser][] =>
      name && /^\d+$/.test(uid ?? '') && /^\d+$/.test(gid ?? '')
        ? [[name, { uid: Number(uid), gid: Number(gid) }]]
        : [],
    ),
  );
}

/** Whether the user may pass through `folder` and every folder above it, by the mode bits. */
export async function canPass(folder: string, user: RunUser): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  if (((mode >> shift) & 1) === 0) return false;
  const above = dirname(folder);
  return above === folder ? true : canPass(above, user);
}
