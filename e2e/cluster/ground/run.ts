// Runs one outside command to its end.
import { type ExecFileException, execFile } from 'node:child_process';

export interface RunOptions {
  /** Written to its standard input. */
  readonly input?: string;
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

const outputLimitBytes = 256 * 1024 * 1024;

/** Its standard output. Rejects with what it wrote to standard error when it fails. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { input, timeoutMs = 60_000, env, cwd } = options;
  return new Promise((resolve, reject) => {
    const ended = (error: ExecFileException | null, stdout: string, stderr: string): void => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${[command, ...args].join(' ').slice(0, 300)}: ${reasonOf(error, stderr)}`));
    };
    const child = execFile(
      command,
      args,
      {
        timeout: timeoutMs,
        maxBuffer: outputLimitBytes,
        ...(cwd === undefined ? {} : { cwd }),
        ...(env === undefined ? {} : { env: { ...process.env, ...env } }),
      },
      ended,
    );
    // A command that ends without reading its input is judged by how it ended.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

const reasonOf = (error: ExecFileException, stderr: string): string =>
  stderr.trim().slice(-4000) || (error.killed ? 'took too long' : error.message.slice(0, 1000));
