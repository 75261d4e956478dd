// Where a program of the machine lies, as a shell would look for it.
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const alwaysLookedAt = ['/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin'];

export async function findProgram(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), ...alwaysLookedAt];
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (await exists(path, constants.X_OK)) return path;
    }
  }
  return undefined;
}

export async function exists(path: string, mode: number = constants.F_OK): Promise<boolean> {
  try {
    await access(path, mode);
    return true;
  } catch {
    return false;
  }
}
