// Reads an answer that comes in drips, a gulp at a time: waking up for each drip costs more than what is in it.
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { sleep } from '@yagura/kit/lean';

export interface Gulps {
  /** How long it leaves what comes to the kernel's buffer, after it has read all that there was. */
  readonly restMs: number;
  readonly signal: AbortSignal;
}

/** After so much there may be more, and the kernel's buffer may be full: no rest then. */
const largeBytes = 32 * 1024;

/** As an option of the connection: so that what waits for the end of a rest waits in the kernel. */
export const gulpsWatermark = { highWaterMark: 1 } as const;

/** Yields gulps. Throws the stream's error, also if it ends too early, or the signal's reason. */
export async function* readInGulps(
  answer: IncomingMessage,
  { restMs, signal }: Gulps,
): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let end: { readonly error: Error | null | undefined } | undefined;
  let wake = (): void => {};
  answer.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    wake();
  });
  finished(answer, (error) => {
    end = { error };
    wake();
  });
  try {
    while (end === undefined) {
      answer.resume();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      // One turn of the event loop reads all that the kernel has.
      await setImmediate();
      answer.pause();
      const gulp = Buffer.concat(chunks);
      chunks = [];
      if (gulp.length > 0) yield gulp;
      if (restMs > 0 && end === undefined && gulp.length < largeBytes) await sleep(restMs, signal);
    }
    if (end.error) throw end.error;
  } finally {
    answer.destroy();
  }
}
