// A control group that stands before the sensor starts, so that the sensor can be told to watch nothing else.
import { mkdir, readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const top = '/sys/fs/cgroup';

export interface ControlGroup extends AsyncDisposable {
  readonly folders: readonly string[];
}

/** Makes `name` in every hierarchy of this machine (one with cgroup v2, one a controller with v1). */
export async function makeCgroup(name: string): Promise<ControlGroup> {
  const hierarchies = (await readdir(top, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const isUnified = hierarchies.every(({ name: folder }) => folder !== 'memory');
  const folders = isUnified ? [join(top, name)] : hierarchies.map((entry) => join(top, entry.name, name));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  return {
    folders,
    // Whoever made groups below it may have removed it by then.
    [Symbol.asyncDispose]: async () => {
      for (const folder of folders) await rmdir(folder).catch(() => undefined);
    },
  };
}

/** What is over it is taken from the page cache, and else ends the process. */
export async function limitMemory({ folders }: ControlGroup, bytes: number): Promise<void> {
  const written = await Promise.allSettled([
    writeFile(join(top, 'cgroup.subtree_control'), '+memory +cpu', { flag: 'r+' }),
    ...folders.flatMap((folder) =>
      ['memory.max', 'memory.limit_in_bytes'].map((name) =>
        writeFile(join(folder, name), String(bytes), { flag: 'r+' }),
      ),
    ),
  ]);
  if (written.slice(1).every(({ status }) => status === 'rejected'))
    throw new Error('this machine has no control group that limits memory');
}
