// A cgroup of a test's own in every hierarchy, so that the probes see nothing but that test.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseCgroupMounts } from '../scope.ts';

export interface TestCgroup extends AsyncDisposable {
  /** Below the root of each hierarchy. */
  readonly path: string;
  /** Runs the program that follows inside the cgroup: `['sh', '-c', …, 'sh']`. */
  readonly enter: readonly string[];
}

export async function createTestCgroup(): Promise<TestCgroup> {
  const path = `/yagura-test-${randomBytes(6).toString('hex')}`;
  const mounts = new Set(
    parseCgroupMounts(await readFile('/proc/self/mountinfo', 'utf8')).map((mount) => mount.path),
  );
  const folders = [...mounts].map((mount) => join(mount, path));
  for (const folder of folders) await mkdir(folder);
  const moves = folders.map((folder) => `echo $$ > ${folder}/cgroup.procs`).join('; ');
  return {
    path,
    enter: ['sh', '-c', `${moves}; exec "$@"`, 'sh'],
    [Symbol.asyncDispose]: async () => {
      for (const folder of folders) await removeEmpty(folder);
    },
  };
}

/** A process that has just ended is still in its cgroup for a moment. */
async function removeEmpty(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      await rmdir(folder);
      return;
    } catch {
      await delay(20);
    }
  }
  throw new Error(`${folder} cannot be removed: something still runs in it`);
}
