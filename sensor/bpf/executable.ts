// The file that a process runs; the C side is executable.h.
import type { Executable } from '@yagura/contracts';
import { defineStruct } from './layout.ts';
import { decodePath } from './record.ts';

export const executableLayout = defineStruct('executable', { inode: 'u64', flags: 'u32', path_flags: 'u32' });

const executableFlags = { unlinked: 1, onOverlay: 2, upperLayer: 4 } as const;
export const pathFlags = { complete: 1, pseudo: 2 } as const;

/** A file without a name left gets ` (deleted)` behind its path, as under /proc. */
export function decodeExecutable(record: Buffer, base: number, names: Buffer): Executable {
  const { at } = executableLayout;
  const flags = record.readUInt32LE(base + at.flags);
  const path = record.readUInt32LE(base + at.path_flags);
  const text = decodePath(names, (path & pathFlags.complete) !== 0);
  const isUnlinked = (flags & executableFlags.unlinked) !== 0;
  const isMemfd = (path & pathFlags.pseudo) !== 0 && text.startsWith('/memfd:');
  return {
    path: isUnlinked ? `${text} (deleted)` : text,
    inode: Number(record.readBigUInt64LE(base + at.inode)),
    upperLayer: (flags & executableFlags.upperLayer) !== 0,
    ...(isMemfd ? { memfd: true } : {}),
  };
}
