// Finds the programs that a simulation needs on this machine, and says which are missing.
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { CliError } from '../errors.ts';
import type { Tools } from './container.ts';

const usualFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const packageOf = { runc: 'runc', busybox: 'busybox-static', mount: 'mount', umount: 'mount', curl: 'curl' };

export async function findTools(path: string | undefined): Promise<Tools> {
  const folders = [...(path ?? '').split(delimiter).filter(Boolean), ...usualFolders];
  const names = Object.keys(packageOf) as (keyof typeof packageOf)[];
  const found = await Promise.all(names.map((name) => find(name, folders)));
  const missing = names.filter((_, index) => found[index] === undefined);
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((name) => packageOf[name]))].join(' ');
    throw new CliError('TOOLS_MISSING', `not found: ${missing.join(', ')}`, {
      mend: `On Debian or Ubuntu: apt-get install ${packages}`,
    });
  }
  return Object.fromEntries(names.map((name, index) => [name, found[index]])) as unknown as Tools;
}

async function find(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
