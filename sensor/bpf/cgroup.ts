// The cgroups of a process; the C side is cgroup.h.
import { defineStruct } from './layout.ts';
import { decodePath, decodeSpan, textSpan } from './record.ts';

export const cgroupsLayout = defineStruct('cgroups', {
  unified_id: 'u64',
  legacy_id: 'u64',
  unified: textSpan,
  legacy: textSpan,
});

export interface CgroupRecord {
  readonly id: bigint;
  readonly path: string;
}

/** Of the v2 hierarchy, then of v1; those in which the process is in the root are left out. */
export function decodeCgroups(record: Buffer, base: number): CgroupRecord[] {
  const { at } = cgroupsLayout;
  const hierarchies = [
    { id: at.unified_id, path: at.unified },
    { id: at.legacy_id, path: at.legacy },
  ];
  return hierarchies
    .map(({ id, path }) => ({
      id: record.readBigUInt64LE(base + id),
      path: decodePath(decodeSpan(record, base + path)),
    }))
    .filter(({ id }) => id !== 0n);
}
