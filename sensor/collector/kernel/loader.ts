// Runs the loader as a child process, reads its frames, and starts it again when it dies.
import { type ChildProcess, spawn } from 'node:child_process';
import { backoffMs, type Logger, sleep } from '@yagura/kit';
import type { LossLedger } from '../losses.ts';
import { createFrameReader, type Frame } from './frames.ts';
import { type LoaderFailure, parseLoaderFailure } from './loader-failure.ts';

const stderrLimit = 64 * 1024;
const backoff = { minMs: 200, maxMs: 30_000 };
/** A loader that ran so long had come up well; the next crash is a first one again. */
const steadyMs = 60_000;

export interface LoaderOptions {
  readonly path: string;
  readonly args: readonly string[];
  readonly onFrame: (frame: Frame) => void;
  readonly losses: LossLedger;
  readonly log: Pick<Logger, 'warn' | 'info'>;
}

type Ending = { readonly kind: 'failed'; readonly failure: LoaderFailure } | { readonly kind: 'died' };

/** Runs until the signal fires; resolves with a failure when trying again cannot help. */
export async function runLoader(
  options: LoaderOptions,
  signal: AbortSignal,
): Promise<LoaderFailure | undefined> {
  let crashes = 0;
  while (!signal.aborted) {
    const startedAt = performance.now();
    const ending = await runOnce(options, signal);
    if (signal.aborted) return undefined;
    if (ending.kind === 'failed') return ending.failure;
    crashes = performance.now() - startedAt > steadyMs ? 1 : crashes + 1;
    const waitMs = backoffMs(crashes, backoff);
    options.losses.add({ stage: 'loader', kind: 'unknown', reason: 'loader died' }, 1);
    options.log.warn({ crashes, waitMs }, 'the loader died; events are missing until it runs again');
    await sleep(waitMs, signal).catch(() => undefined);
  }
  return undefined;
}

function runOnce(options: LoaderOptions, signal: AbortSignal): Promise<Ending> {
  return new Promise((resolve) => {
    const child = spawn(options.path, options.args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = (): void => void child.kill('SIGTERM');
    let stderr = '';
    let startError: Error | undefined;
    signal.addEventListener('abort', stop, { once: true });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-stderrLimit);
    });
    readFrames(child, options);
    child.once('error', (error) => {
      startError = error;
    });
    child.once('close', () => {
      signal.removeEventListener('abort', stop);
      resolve(endingOf(stderr, startError));
    });
  });
}

function readFrames(child: ChildProcess, { onFrame, losses, log }: LoaderOptions): void {
  const read = createFrameReader(onFrame);
  child.stdout?.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (error) {
      losses.add({ stage: 'decode', kind: 'unknown', reason: 'stream out of step' }, 1);
      log.warn({ err: error }, 'the loader sent something that is no frame; it is started anew');
      child.stdout?.destroy();
      child.kill('SIGKILL');
    }
  });
}

function endingOf(stderr: string, startError: Error | undefined): Ending {
  const line = startError && JSON.stringify({ code: 'NO_OBJECT', message: startError.message });
  const failure = parseLoaderFailure(line ?? stderr);
  return failure ? { kind: 'failed', failure } : { kind: 'died' };
}
