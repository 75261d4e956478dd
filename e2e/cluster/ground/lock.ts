// One at a time: what several clusters of this machine share is changed by one process only.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clustersFolder } from './paths.ts';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

const lockFile = join(clustersFolder, '.lock');
const waitMs = 60_000;

async function tryLock(): Promise<boolean> {
  try {
    await writeFile(lockFile, JSON.stringify(await identify(process.pid)), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const text = await readFile(lockFile, 'utf8').catch(() => '');
    // Empty: it is being written or was just removed. A holder that has ended left it behind.
    if (text !== '' && !(await isRunning(JSON.parse(text) as ProcessIdentity)))
      await rm(lockFile, { force: true });
    return false;
  }
}

export async function withLock<T>(work: () => Promise<T>): Promise<T> {
  await mkdir(clustersFolder, { recursive: true, mode: 0o700 });
  const deadline = Date.now() + waitMs;
  while (!(await tryLock())) {
    if (Date.now() > deadline) throw new Error(`${lockFile} is held by ${await readFile(lockFile, 'utf8')}`);
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}
