// The end of a process: from bytes to a plain object; the C side is record.h.
import { defineStruct } from '../../bpf/layout.ts';
import {
  decodeHeader,
  processIdentity,
  type RecordHeader,
  recordHeader,
  recordKinds,
} from '../../bpf/record.ts';

export const processExitLayout = defineStruct('process_exit', {
  header: recordHeader,
  identity: processIdentity,
  status: 'u32',
  reserved: 'u32',
});

export const structs = [processExitLayout, processIdentity, recordHeader];

export interface ProcessExit extends RecordHeader {
  readonly kind: 'process-exit';
  readonly code: number;
  /** Number of the signal that ended it; 0 for none. */
  readonly signal: number;
}

/** Throws a DecodeError (or a RangeError) when the bytes are not a whole record. */
export function decodeProcessExit(record: Buffer): ProcessExit {
  const header = decodeHeader(record, recordKinds.processExit, processExitLayout.sizeBytes);
  const status = record.readUInt32LE(processExitLayout.at.status);
  return { kind: 'process-exit', ...header, code: (status >> 8) & 0xff, signal: status & 0x7f };
}
