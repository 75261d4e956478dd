// One of Yagura's programs as a child process: started, waited for, started again when it crashes, ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogFile } from './log-file.ts';
import { type Reason, RecentLines } from './recent-lines.ts';

export type ReadyMessage = Readonly<Record<string, unknown>>;

export type ProgramState =
  | { readonly state: 'ready'; readonly message: ReadyMessage }
  /** It ended and is started again after `retryMs`. */
  | { readonly state: 'crashed'; readonly reason: Reason; readonly retryMs: number }
  /** It says that it cannot work here: starting it again would change nothing. */
  | { readonly state: 'failed'; readonly reason: Reason };

export interface ProgramSpec {
  readonly name: string;
  readonly main: string;
  /** Asked at each start. */
  readonly args: () => readonly string[];
  readonly env: () => Readonly<Record<string, string | undefined>>;
  readonly nodePath: string;
  readonly log: LogFile;
  readonly onOutput?: (text: string) => void;
  readonly onState: (state: ProgramState) => void;
  /** Give up when it ends before it was ever ready. */
  readonly mustStart: boolean;
}

const retry = { minMs: 500, maxMs: 30_000, steadyMs: 60_000 };
const killAfterMs = 15_000;
/** With this code a program says that it cannot work here. */
const unableCode = 3;

export class ManagedProgram implements AsyncDisposable {
  readonly #spec: ProgramSpec;
  readonly #stop = new AbortController();
  #child: ChildProcess | undefined;
  #done: Promise<void> = Promise.resolve();

  private constructor(spec: ProgramSpec) {
    this.#spec = spec;
  }

  /** Returns at once; `onState` tells how it goes. */
  static start(spec: ProgramSpec): ManagedProgram {
    const program = new ManagedProgram(spec);
    program.#done = program.#keepRunning();
    return program;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async #keepRunning(): Promise<void> {
    const { onState, mustStart } = this.#spec;
    let retryMs = retry.minMs;
    let wasReady = false;
    while (!this.#stop.signal.aborted) {
      const startedAt = performance.now();
      const end = await this.#runOnce(() => {
        wasReady = true;
      });
      if (this.#stop.signal.aborted) return;
      if (end.isUnable || (mustStart && !wasReady)) return onState({ state: 'failed', reason: end.reason });
      if (performance.now() - startedAt > retry.steadyMs) retryMs = retry.minMs;
      onState({ state: 'crashed', reason: end.reason, retryMs });
      await sleep(retryMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      retryMs = Math.min(retry.maxMs, retryMs * 2);
    }
  }

  async #runOnce(onReady: () => void): Promise<{ isUnable: boolean; reason: Reason }> {
    const { main, args, env, nodePath, onState } = this.#spec;
    const child = spawn(nodePath, [main, ...args()], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: env(),
      // A process group of its own: Ctrl-C reaches the supervisor alone, which ends the programs in order. Should the
      // supervisor be killed, the closed IPC channel tells them.
      detached: true,
    });
    this.#child = child;
    const recent = new RecentLines();
    let told: Reason | undefined;
    child.on('message', (message) => {
      const { type, ...rest } = message as { type?: unknown } & ReadyMessage;
      if (type === 'ready') {
        onReady();
        onState({ state: 'ready', message: rest });
      } else if (type === 'failed') told = reasonOf(rest);
    });
    const pumps = [child.stdout, child.stderr].map((stream) => this.#pump(stream, recent));
    const [code, signal] = await ended(child);
    await Promise.all(pumps);
    const reason = told ?? recent.reason() ?? { message: `ended with ${signal ?? `code ${code}`}` };
    return { isUnable: told !== undefined || code === unableCode, reason };
  }

  async #pump(stream: Readable | null, recent: RecentLines): Promise<void> {
    if (stream === null) return;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        const text = chunk.toString('utf8');
        recent.push(text);
        this.#spec.onOutput?.(text);
        await this.#spec.log.write(chunk);
      }
    } catch {
      // The pipe broke with its program, whose end is told elsewhere.
    }
  }

  /** Asks it to end, and makes it end when it does not. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return this.#done;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    await this.#done;
    clearTimeout(timer);
  }
}

function reasonOf(message: ReadyMessage): Reason {
  const { reason, mend } = message;
  return {
    message: typeof reason === 'string' ? reason : 'it cannot work here',
    ...(typeof mend === 'string' ? { mend } : {}),
  };
}

/** Also when it could not even be started. */
async function ended(child: ChildProcess): Promise<[code: number | null, signal: string | null]> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return [code, signal];
  } catch {
    return [1, null];
  }
}
