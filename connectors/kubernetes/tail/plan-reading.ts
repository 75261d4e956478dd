// Decides which files to read, and from where, to go on behind a position without leaving anything out.
import type { FileHandle } from 'node:fs/promises';
import { type FilePosition, holdsPosition } from './file-position.ts';
import { findContinuation, listRotated } from './rotated-files.ts';

export interface ReadingPlan {
  /** Rotated files to read to their end, oldest first. */
  readonly rotated: readonly { readonly path: string; readonly offset: number }[];
  /** Where to begin in the live file. */
  readonly liveOffset: number;
  /** The file of the position is gone; what was unread of it is lost. */
  readonly hasGap: boolean;
}

async function isSameFile(live: FileHandle, position: FilePosition): Promise<boolean> {
  const { ino } = await live.stat({ bigint: true });
  return String(ino) === position.inode && (await holdsPosition(live, position));
}

export async function planReading(
  path: string,
  live: FileHandle,
  position: FilePosition,
): Promise<ReadingPlan> {
  if (await isSameFile(live, position)) {
    return { rotated: [], liveOffset: position.offset, hasGap: false };
  }
  const rotated = await listRotated(path);
  const continuation = await findContinuation(rotated, position);
  if (continuation === undefined) return { rotated: [], liveOffset: 0, hasGap: true };
  const later = rotated
    .slice(rotated.indexOf(continuation) + 1)
    .map((each) => ({ path: each.path, offset: 0 }));
  return {
    rotated: [{ path: continuation.path, offset: position.offset }, ...later],
    liveOffset: 0,
    hasGap: false,
  };
}
