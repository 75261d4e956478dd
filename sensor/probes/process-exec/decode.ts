// One exec: from bytes to a plain object; the C side is record.h.
import type { Executable, Stream } from '@yagura/contracts';
import { type AncestorRecord, ancestorLayout, ancestorsLayout, decodeAncestors } from '../../bpf/ancestor.ts';
import { type CgroupRecord, cgroupsLayout, decodeCgroups } from '../../bpf/cgroup.ts';
import { decodeExecutable, executableLayout, pathFlags } from '../../bpf/executable.ts';
import { arrayOf, defineStruct } from '../../bpf/layout.ts';
import {
  decodeHeader,
  decodePath,
  decodeSpan,
  processIdentity,
  type RecordHeader,
  recordHeader,
  recordKinds,
  textSpan,
} from '../../bpf/record.ts';
import { decodeStream, streamLayout } from '../../bpf/stream.ts';

export const processExecLayout = defineStruct('process_exec', {
  header: recordHeader,
  identity: processIdentity,
  executable: executableLayout,
  streams: arrayOf(streamLayout, 3),
  ancestors: ancestorsLayout,
  cgroups: cgroupsLayout,
  tty: 'u32',
  args_size: 'u32',
  cwd_flags: 'u32',
  path: textSpan,
  cwd: textSpan,
  args: textSpan,
  reserved: 'u32',
});

export const structs = [
  ...[processExecLayout, ancestorsLayout, ancestorLayout, cgroupsLayout],
  ...[executableLayout, streamLayout, processIdentity],
];

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
    ancestors: decodeAncestors(record, at.ancestors).ancestors,
    cgroups: decodeCgroups(record, at.cgroups),
    args: decodeArgs(args, argsCut),
    argsCut,
    cwd: decodePath(decodeSpan(record, at.cwd), isWholeCwd),
    tty: record.readUInt32LE(at.tty),
  };
}

/** NUL ends each argument; the last one has none when it was cut. */
function decodeArgs(bytes: Buffer, isCut: boolean): string[] {
  const args = bytes.toString('utf8').split('\0');
  if (!isCut || args.at(-1) === '') args.pop();
  return args;
}
