// The list of probes: a new one is a folder here and a line below.
import type { EventKind } from '@yagura/contracts';
import { recordKinds } from '../bpf/record.ts';
import { decodeFileOpen, type FileOpen } from './file-open/decode.ts';
import { decodeProcessExec, type ProcessExec } from './process-exec/decode.ts';
import { decodeProcessExit, type ProcessExit } from './process-exit/decode.ts';

export type ProbeRecord = ProcessExec | ProcessExit | FileOpen;

export interface Probe {
  /** The folder's name. */
  readonly id: string;
  /** Number of its records in the ring. */
  readonly recordKind: number;
  readonly eventKind: EventKind;
  readonly decode: (record: Buffer) => ProbeRecord;
}

export const probes: readonly Probe[] = [
  {
    id: 'process-exec',
    recordKind: recordKinds.processExec,
    eventKind: 'process.started',
    decode: decodeProcessExec,
  },
  {
    id: 'process-exit',
    recordKind: recordKinds.processExit,
    eventKind: 'process.exited',
    decode: decodeProcessExit,
  },
  {
    id: 'file-open',
    recordKind: recordKinds.fileOpen,
    eventKind: 'file.opened',
    decode: decodeFileOpen,
  },
];
