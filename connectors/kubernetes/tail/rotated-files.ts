// Finds the files that an audit log was rotated into: `audit-2026-01-01T00-00-00.000.log`, `audit.log.1` and the like.
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { type FilePosition, holdsPosition } from './file-position.ts';

export interface RotatedFile {
  readonly path: string;
  readonly inode: string;
  readonly modifiedNs: bigint;
}

const maxCandidates = 64;
const compressed: ReadonlySet<string> = new Set(['.gz', '.zst', '.bz2', '.xz', '.zip']);

/** Uncompressed neighbours whose name begins as the log's does, oldest first. */
export async function listRotated(path: string): Promise<readonly RotatedFile[]> {
  const name = basename(path);
  const stem = basename(path, extname(path));
  const names = await readdir(dirname(path)).catch(() => []);
  const siblings = names.filter(
    (each) => each !== name && each.startsWith(stem) && !compressed.has(extname(each)),
  );
  const found: RotatedFile[] = [];
  for (const each of siblings) {
    const rotated = await describe(join(dirname(path), each));
    if (rotated !== undefined) found.push(rotated);
  }
  return found.sort(byAge).slice(-maxCandidates);
}

/** Two files written within one tick of the kernel's clock have the same time; their names decide then. */
function byAge(a: RotatedFile, b: RotatedFile): number {
  if (a.modifiedNs !== b.modifiedNs) return a.modifiedNs < b.modifiedNs ? -1 : 1;
  const [first, second] = [sequenceOf(a.path), sequenceOf(b.path)];
  if (first !== undefined && second !== undefined) return second - first;
  return a.path < b.path ? -1 : 1;
}

/** `audit.log.2` is older than `audit.log.1`; names that carry a time are older the smaller they are. */
const sequenceOf = (path: string): number | undefined => {
  const digits = /\.(\d{1,9})$/.exec(path)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

async function describe(path: string): Promise<RotatedFile | undefined> {
  const file = await openFile(path);
  if (file === undefined) return undefined;
  try {
    const facts = await file.stat({ bigint: true });
    return facts.isFile() ? { path, inode: String(facts.ino), modifiedNs: facts.mtimeNs } : undefined;
  } finally {
    await file.close();
  }
}

/** The neighbour in which reading goes on where it stopped: the renamed file, or the copy that was made of it. */
export async function findContinuation(
  rotated: readonly RotatedFile[],
  position: FilePosition,
): Promise<RotatedFile | undefined> {
  if (position.offset === 0) return rotated.find((each) => each.inode === position.inode);
  for (const each of rotated) {
    const file = await openFile(each.path);
    if (file === undefined) continue;
    try {
      if (await holdsPosition(file, position)) return each;
    } finally {
      await file.close();
    }
  }
  return undefined;
}

/** `undefined` when there is no such file; any other error is the caller's. */
export async function openFile(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
