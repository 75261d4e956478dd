// Starts one of Yagura's programs as a process, waits until it says it is ready, and ends it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const readyTimeoutMs = 120_000;

export interface ProgramOptions {
  /** Path of its `main.ts`, from the repository's root. */
  readonly main: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of Node itself. */
  readonly nodeFlags?: readonly string[];
  /** Control groups that it starts in, as folders. */
  readonly groups?: readonly string[];
  /** Where its output goes; kept after a failure. */
  readonly logFile: string;
}

/** A running program. `kill` sends SIGKILL, as a crash would; disposing ends it as Ctrl-C would. */
export class Program implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly ready: Readonly<Record<string, string>>;

  private constructor(child: ChildProcess, ready: Readonly<Record<string, string>>) {
    this.#child = child;
    this.ready = ready;
  }

  static async start(options: ProgramOptions): Promise<Program> {
    const child = launch(options);
    try {
      return new Program(child, await waitUntilReady(child, options.main, options.logFile));
    } catch (error) {
      // Else it would outlive the test, which would wait for it, and write into a folder that is cleared away.
      await new Program(child, {})[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Without waiting until it is ready, as a supervisor would. */
  static launch(options: ProgramOptions): Program {
    return new Program(launch(options), {});
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when it has ended, of itself or not. */
  async ended(): Promise<void> {
    if (this.isRunning) await once(this.#child, 'exit');
  }

  async kill(): Promise<void> {
    if (!this.isRunning) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.isRunning) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const forced = setTimeout(() => this.#child.kill('SIGKILL'), 15_000);
    await exited;
    clearTimeout(forced);
  }
}

/** Joins the groups named before `--`, and becomes the program behind it. */
const joinGroups =
  'while [ "$1" != -- ]; do echo $$ > "$1/cgroup.procs" || exit 1; shift; done; shift; exec "$@"';

function launch({
  main,
  args,
  env = {},
  nodeFlags = [],
  groups = [],
  logFile,
}: ProgramOptions): ChildProcess {
  const command = [process.execPath, ...nodeFlags, main, ...args];
  const child = spawn('/bin/sh', ['-c', joinGroups, 'sh', ...groups, '--', ...command], {
    cwd: repository,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  return child;
}

/** What it wrote last, as its folder may be gone before anybody looks. */
export function endOf(logFile: string): string {
  try {
    return readFileSync(logFile, 'utf8').slice(-3000);
  } catch {
    return '';
  }
}

function waitUntilReady(
  child: ChildProcess,
  main: string,
  logFile: string,
): Promise<Readonly<Record<string, string>>> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new Error(`${main} ${why}; its output in ${logFile} ends with:\n${endOf(logFile)}`));
    const timer = setTimeout(() => fail('was not ready within two minutes'), readyTimeoutMs);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`ended with ${signal ?? code} before it was ready`);
    });
    child.on('message', (message: { type?: string }) => {
      if (message.type !== 'ready') return;
      clearTimeout(timer);
      resolve(message as Readonly<Record<string, string>>);
    });
  });
}
