// A control group that stands before the sensor starts, so that the sensor can be told to watch nothing else.
import { mkdir, readdir, rmdir } from 'node:fs/promises';
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
