// A watched file that was opened: from bytes to a plain object; the C side is record.h.
import type { Executable, OpenCall } from '@yagura/contracts';
import { type Ancestry, ancestorLayout, ancestorsLayout, decodeAncestors } from '../../bpf/ancestor.ts';
import { type CgroupRecord, cgroupsLayout, decodeCgroups } from '../../bpf/cgroup.ts';
import { decodeExecutable, executableLayout } from '../../bpf/executable.ts';
import { defineStruct } from '../../bpf/layout.ts';
import {
  DecodeError,
  decodeHeader,
  decodeSpan,
  processIdentity,
  type RecordHeader,
  recordHeader,
  recordKinds,
  textSpan,
} from '../../bpf/record.ts';

export const fileOpenLayout = defineStruct('file_open', {
  header: recordHeader,
  identity: processIdentity,
  executable: executableLayout,
  file: executableLayout,
  ancestors: ancestorsLayout,
  cgroups: cgroupsLayout,
  call: 'u32',
  mode: 'u32',
  number: 'u32',
  opener: textSpan,
  path: textSpan,
  repeats: 'u32',
});

export const structs = [
  ...[fileOpenLayout, ancestorsLayout, ancestorLayout, cgroupsLayout],
  ...[executableLayout, processIdentity, recordHeader],
];

export interface FileOpen extends RecordHeader, Ancestry {
  readonly kind: 'file-open';
  /** That the process runs. */
  readonly executable: Executable;
  readonly cgroups: readonly CgroupRecord[];
  readonly file: Executable;
  readonly read: boolean;
  readonly write: boolean;
  readonly created: boolean;
  readonly call: OpenCall;
  readonly number: number;
  /** Left out since it was told last. */
  readonly repeats: number;
}

/** In the order of enum open_call, which begins with none. */
const calls: readonly (OpenCall | undefined)[] = [
  undefined,
  'open',
  'openat',
  'openat2',
  'creat',
  'open_by_handle_at',
  'io_uring',
];

/** include/linux/fs.h: FMODE_READ, FMODE_WRITE, FMODE_CREATED (4.19) */
const modes = { read: 0x1, write: 0x2, created: 0x100000 } as const;

/** Throws a DecodeError (or a RangeError) when the bytes are not a whole record. */
export function decodeFileOpen(record: Buffer): FileOpen {
  const { at } = fileOpenLayout;
  const header = decodeHeader(record, recordKinds.fileOpen, fileOpenLayout.sizeBytes);
  const call = calls[record.readUInt32LE(at.call)];
  if (call === undefined) throw new DecodeError('file opened by an unknown call');
  const mode = record.readUInt32LE(at.mode);
  return {
    kind: 'file-open',
    ...header,
    ...decodeAncestors(record, at.ancestors),
    executable: decodeExecutable(record, at.executable, decodeSpan(record, at.opener)),
    file: decodeExecutable(record, at.file, decodeSpan(record, at.path)),
    cgroups: decodeCgroups(record, at.cgroups),
    read: (mode & modes.read) !== 0,
    write: (mode & modes.write) !== 0,
    created: (mode & modes.created) !== 0,
    call,
    number: record.readUInt32LE(at.number),
    repeats: record.readUInt32LE(at.repeats),
  };
}
