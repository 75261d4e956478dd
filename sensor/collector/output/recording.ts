// Writes events as NDJSON into a file or to standard output.
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { LossLedger } from '../losses.ts';
import type { Output } from './output.ts';

const backlogLimitBytes = 32 * 1024 * 1024;

export function createRecording(
  stream: Writable,
  losses: LossLedger,
  onError: (error: Error) => void,
): Output {
  // Without a listener a full disk or a closed pipe would end the process without a word.
  stream.on('error', onError);
  return {
    send: (line, kind) => {
      if (stream.writableLength > backlogLimitBytes || stream.destroyed)
        losses.add({ stage: 'socket', kind, reason: 'output is slow or gone' }, 1);
      else stream.write(`${line}\n`);
    },
    sendReport: () => undefined,
    [Symbol.asyncDispose]: async () => {
      if (stream.destroyed) return;
      stream.end();
      await finished(stream).catch(() => undefined);
    },
  };
}
