// What every record begins with, and the reading of texts; the C side is record.h.
import { arrayOf, defineStruct } from './layout.ts';

export const commSize = 16;
export const recordKinds = { processExec: 1, processExit: 2, fileOpen: 3 } as const;

export const textSpan = defineStruct('text_span', { offset: 'u16', length: 'u16' });
export const recordHeader = defineStruct('record_header', { time_ns: 'u64', size: 'u32', kind: 'u32' });
export const processIdentity = defineStruct('process_identity', {
  start_ns: 'u64',
  capabilities: 'u64',
  pid: 'u32',
  tid: 'u32',
  ppid: 'u32',
  ns_pid: 'u32',
  uid: 'u32',
  gid: 'u32',
  pid_ns_level: 'u32',
  host_mnt_ns: 'u32',
  mnt_ns: 'u32',
  pid_ns: 'u32',
  net_ns: 'u32',
  user_ns: 'u32',
  uts_ns: 'u32',
  ipc_ns: 'u32',
  cgroup_ns: 'u32',
  reserved: 'u32',
  comm: arrayOf('u8', commSize),
});

/** A record that is not what its kind promises; it is counted and let go. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

/** Times are nanoseconds since boot. */
export interface Identity {
  readonly startNs: bigint;
  readonly capabilities: string;
  readonly pid: number;
  readonly tid: number;
  readonly ppid: number;
  readonly nsPid: number;
  readonly uid: number;
  readonly gid: number;
  /** 0 in the initial pid namespace. */
  readonly pidNsLevel: number;
  readonly hostMountNamespace: number;
  readonly namespaces: Readonly<Record<string, number>>;
  readonly name: string;
}

export interface RecordHeader {
  readonly timeNs: bigint;
  readonly identity: Identity;
}

/** Checks that the record is whole; `sizeBytes` is what its fixed part needs. */
export function decodeHeader(record: Buffer, kind: number, sizeBytes: number): RecordHeader {
  if (record.length < sizeBytes) throw new DecodeError(`record of ${record.length} bytes is too short`);
  if (record.readUInt32LE(recordHeader.at.size) !== record.length)
    throw new DecodeError('record has another length than it says');
  if (record.readUInt32LE(recordHeader.at.kind) !== kind) throw new DecodeError('record is of another kind');
  return {
    timeNs: record.readBigUInt64LE(recordHeader.at.time_ns),
    identity: decodeIdentity(record, recordHeader.sizeBytes),
  };
}

function decodeIdentity(record: Buffer, base: number): Identity {
  const { at } = processIdentity;
  const number = (offset: number): number => record.readUInt32LE(base + offset);
  return {
    startNs: record.readBigUInt64LE(base + at.start_ns),
    capabilities: record.readBigUInt64LE(base + at.capabilities).toString(16),
    pid: number(at.pid),
    tid: number(at.tid),
    ppid: number(at.ppid),
    nsPid: number(at.ns_pid),
    uid: number(at.uid),
    gid: number(at.gid),
    pidNsLevel: number(at.pid_ns_level),
    hostMountNamespace: number(at.host_mnt_ns),
    namespaces: {
      mnt: number(at.mnt_ns),
      pid: number(at.pid_ns),
      net: number(at.net_ns),
      user: number(at.user_ns),
      uts: number(at.uts_ns),
      ipc: number(at.ipc_ns),
      cgroup: number(at.cgroup_ns),
    },
    name: decodeName(record, base + at.comm),
  };
}

/** A fixed array that NUL ends. */
export function decodeName(record: Buffer, start: number): string {
  const bytes = record.subarray(start, start + commSize);
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end === -1 ? commSize : end);
}

export function decodeSpan(record: Buffer, at: number): Buffer {
  const offset = record.readUInt16LE(at + textSpan.at.offset);
  const end = offset + record.readUInt16LE(at + textSpan.at.length);
  if (end > record.length) throw new DecodeError('text lies beyond the end of the record');
  return record.subarray(offset, end);
}

/** Names written leaf first, each ended by NUL → a path. A path whose beginning is missing starts with `…`. */
export function decodePath(names: Buffer, isComplete = true): string {
  const parts = names.toString('utf8').split('\0');
  parts.pop();
  return `${isComplete ? '' : '…'}/${parts.reverse().join('/')}`;
}
