// The processes above a process; the C side is ancestor.h.
import { arrayOf, defineStruct } from './layout.ts';
import { commSize, DecodeError, decodeName } from './record.ts';

const ancestorsMax = 8;

export const ancestorLayout = defineStruct('ancestor', {
  start_ns: 'u64',
  pid: 'u32',
  flags: 'u32',
  ns_pid: 'u32',
  reserved: 'u32',
  comm: arrayOf('u8', commSize),
});

export const ancestorsLayout = defineStruct('ancestors', {
  list: arrayOf(ancestorLayout, ancestorsMax),
  count: 'u32',
  own_flags: 'u32',
});

export interface AncestorRecord {
  readonly pid: number;
  /** In its own pid namespace. */
  readonly nsPid: number;
  readonly startNs: bigint;
  readonly name: string;
  /** It never called exec: what it runs is its parent's program. */
  readonly isForkOnly: boolean;
}

export interface Ancestry {
  /** Nearest first. */
  readonly ancestors: readonly AncestorRecord[];
  /** The process itself never called exec. */
  readonly isForkOnly: boolean;
}

const forkedOnly = 1;

export function decodeAncestors(record: Buffer, base: number): Ancestry {
  const count = record.readUInt32LE(base + ancestorsLayout.at.count);
  if (count > ancestorsMax) throw new DecodeError(`${count} ancestors`);
  return {
    ancestors: Array.from({ length: count }, (_, index) =>
      decodeAncestor(record, base + ancestorsLayout.at.list + index * ancestorLayout.sizeBytes),
    ),
    isForkOnly: (record.readUInt32LE(base + ancestorsLayout.at.own_flags) & forkedOnly) !== 0,
  };
}

function decodeAncestor(record: Buffer, base: number): AncestorRecord {
  const { at } = ancestorLayout;
  return {
    pid: record.readUInt32LE(base + at.pid),
    nsPid: record.readUInt32LE(base + at.ns_pid),
    startNs: record.readBigUInt64LE(base + at.start_ns),
    name: decodeName(record, base + at.comm),
    isForkOnly: (record.readUInt32LE(base + at.flags) & forkedOnly) !== 0,
  };
}
