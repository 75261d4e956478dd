// One exec: from bytes to a plain object; the C side is record.h.
import type { Executable, Stream } from '@yagura/contracts';
import { decodeExecutable, executableLayout, pathFlags } from '../../bpf/executable.ts';
import { arrayOf, defineStruct } from '../../bpf/layout.ts';
import {
  commSize,
  DecodeError,
  decodeHeader,
  decodeName,
  decodePath,
  decodeSpan,
  processIdentity,
  type RecordHeader,
  recordHeader,
  recordKinds,
  textSpan,
} from '../../bpf/record.ts';
import { decodeStream, streamLayout } from '../../bpf/stream.ts';

export const ancestorsMax = 8;

export const ancestorLayout = defineStruct('ancestor', {
  start_ns: 'u64',
  pid: 'u32',
  flags: 'u32',
  comm: arrayOf('u8', commSize),
});

export const processExecLayout = defineStruct('process_exec', {
  header: recordHeader,
  identity: processIdentity,
  executable: executableLayout,
  streams: arrayOf(streamLayout, 3),
  ancestors: arrayOf(ancestorLayout, ancestorsMax),
  unified_cgroup_id: 'u64',
  legacy_cgroup_id: 'u64',
  ancestor_count: 'u32',
  tty: 'u32',
  args_size: 'u32',
  cwd_flags: 'u32',
  unified_cgroup: textSpan,
  legacy_cgroup: textSpan,
  path: textSpan,
  cwd: textSpan,
  args: textSpan,
  reserved: 'u32',
});

export const structs = [processExecLayout, ancestorLayout, executableLayout, streamLayout, processIdentity];

export interface AncestorRecord {
  readonly pid: number;
  readonly startNs: bigint;
  readonly name: string;
  /** It never called exec: what it runs is its parent's program. */
  readonly isForkOnly: boolean;
}

export interface CgroupRecord {
  readonly id: bigint;
  readonly path: string;
}

export interface ProcessExec extends RecordHeader {
  readonly kind: 'process-exec';
  readonly executable: Executable;
  readonly streams: readonly [Stream, Stream, Stream];
  /** Nearest first. */
  readonly ancestors: readonly AncestorRecord[];
  /** Of the v2 hierarchy, then of v1; those in which the process is in the root are left out. */
  readonly cgroups: readonly CgroupRecord[];
  readonly args: readonly string[];
  readonly argsCut: boolean;
  readonly cwd: string;
  readonly tty: number;
}

/** Throws a DecodeError (or a RangeError) when the bytes are not a whole record. */
export function decodeProcessExec(record: Buffer): ProcessExec {
  const { at } = processExecLayout;
  const header = decodeHeader(record, recordKinds.processExec, processExecLayout.sizeBytes);
  const args = decodeSpan(record, at.args);
  const argsCut = record.readUInt32LE(at.args_size) > args.length;
  const stream = (number: number): Stream =>
    decodeStream(record, at.streams + number * streamLayout.sizeBytes);
  const isWholeCwd = (record.readUInt32LE(at.cwd_flags) & pathFlags.complete) !== 0;
  return {
    kind: 'process-exec',
    ...header,
    executable: decodeExecutable(record, at.executable, decodeSpan(record, at.path)),
    streams: [stream(0), stream(1), stream(2)],
    ancestors: decodeAncestors(record),
    cgroups: decodeCgroups(record),
    args: decodeArgs(args, argsCut),
    argsCut,
    cwd: decodePath(decodeSpan(record, at.cwd), isWholeCwd),
    tty: record.readUInt32LE(at.tty),
  };
}

function decodeAncestors(record: Buffer): AncestorRecord[] {
  const count = record.readUInt32LE(processExecLayout.at.ancestor_count);
  if (count > ancestorsMax) throw new DecodeError(`${count} ancestors`);
  return Array.from({ length: count }, (_, index) => {
    const base = processExecLayout.at.ancestors + index * ancestorLayout.sizeBytes;
    return {
      pid: record.readUInt32LE(base + ancestorLayout.at.pid),
      startNs: record.readBigUInt64LE(base + ancestorLayout.at.start_ns),
      name: decodeName(record, base + ancestorLayout.at.comm),
      isForkOnly: (record.readUInt32LE(base + ancestorLayout.at.flags) & 1) !== 0,
    };
  });
}

function decodeCgroups(record: Buffer): CgroupRecord[] {
  const { at } = processExecLayout;
  return [
    {
      id: record.readBigUInt64LE(at.unified_cgroup_id),
      path: decodePath(decodeSpan(record, at.unified_cgroup)),
    },
    {
      id: record.readBigUInt64LE(at.legacy_cgroup_id),
      path: decodePath(decodeSpan(record, at.legacy_cgroup)),
    },
  ].filter(({ id }) => id !== 0n);
}

/** NUL ends each argument; the last one has none when it was cut. */
function decodeArgs(bytes: Buffer, isCut: boolean): string[] {
  const args = bytes.toString('utf8').split('\0');
  if (!isCut || args.at(-1) === '') args.pop();
  return args;
}
