// Starts a program of this repository as its own process and waits until it says that it is ready.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const repository = join(import.meta.dirname, '../..');

export interface ProgramSpec {
  /** Path inside the repository. */
  readonly main: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface ChildProgram extends AsyncDisposable {
  /** The message with which it said that it is ready. */
  readonly ready: unknown;
}

const startMs = 60_000;
const keptLogChars = 4_000;

export async function startProgram({ main, args, env = {} }: ProgramSpec): Promise<ChildProgram> {
  const child = fork(join(repository, main), [...args], {
    env: { ...process.env, ...env },
    // Not the test runner's own flags.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-keptLogChars);
  });
  const exited = once(child, 'exit');
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
  };
  try {
    const said = once(child, 'message', { signal: AbortSignal.timeout(startMs) });
    const [ready] = await Promise.race([
      said,
      exited.then(() => Promise.reject(new Error(`${main} ended before it was ready`))),
    ]);
    return { ready, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw new Error(`${main} did not start; it said last:\n${log}`, { cause: error });
  }
}
