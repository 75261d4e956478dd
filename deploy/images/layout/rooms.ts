// A program with the rooms that it imports, as they are in the repository, and the npm packages that these name.
import { existsSync } from 'node:fs';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { Component, LayoutOptions } from '../image.ts';
import { type Lock, readLock } from '../sbom/npm.ts';

/** What is not only for developers and compilers: tests of rules are shown beside them. */
export const isNeeded = (path: string): boolean =>
  !/\.(d\.[cm]?ts|[cm]?js\.map|a|test\.tsx?)$/.test(path) &&
  !/\.(slow|kernel|browser)\.test\.ts$/.test(path) &&
  !['testing', 'testing.ts', '.git'].includes(basename(path));

const isNeededOfPackage = (path: string): boolean => !/\.(d\.[cm]?ts|[cm]?[jt]s\.map|a)$/.test(path);

/** Everything that `room` needs to run, by package-lock.json: keys such as `kit` and `node_modules/pg`. */
export function closureOf(lock: Lock, room: string): readonly string[] {
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const target of lock.dependenciesOf(key)) visit(target);
  };
  visit(room);
  return [...seen].sort();
}

/** Returns the npm packages. */
export async function copyRooms(
  { root, folder }: LayoutOptions,
  room: string,
): Promise<readonly Component[]> {
  const lock = await readLock(root);
  const home = join(folder, 'yagura');
  const keys = closureOf(lock, room).filter((key) => existsSync(join(root, key)));
  for (const key of keys) {
    const isPackage = key.startsWith('node_modules/');
    const filter = isPackage ? isNeededOfPackage : isNeeded;
    await mkdir(dirname(join(home, key)), { recursive: true });
    await cp(join(root, key), join(home, key), {
      recursive: true,
      verbatimSymlinks: true,
      // A package inside of a package has a key of its own.
      filter: (path) => filter(path) && (path === join(root, key) || basename(path) !== 'node_modules'),
    });
    if (!isPackage) await link(home, key, lock.nameOf(key));
  }
  return keys.filter((key) => key.startsWith('node_modules/')).map((key) => lock.component(key));
}

async function link(home: string, key: string, name: string): Promise<void> {
  const path = join(home, 'node_modules', name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(relative(dirname(path), join(home, key)), path);
}
