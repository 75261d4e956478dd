// Runs the CLI for tests: as a process, as a user's shell would, or in this one, which is quicker.
import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { run } from '../run.ts';
import { silentTerminal } from '../terminal/terminal.ts';

export const yagura: string = fileURLToPath(new URL('../bin/yagura', import.meta.url));

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliInput {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

export function spawnCli(args: readonly string[], { stdin, env }: CliInput = {}): Promise<CliRun> {
  const child = spawn(yagura, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A command that does not read its input may have closed it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The same command line without a process. */
export async function runCli(words: readonly string[], { stdin, env = {} }: CliInput = {}): Promise<CliRun> {
  let stdout = '';
  let stderr = '';
  let code = 0;
  await run(words, {
    ...silentTerminal,
    input: Readable.from(stdin === undefined ? [] : [Buffer.from(stdin)]),
    env,
    nodePath: process.execPath,
    nodeVersion: process.versions.node,
    now: Date.now,
    print: async (text) => {
      stdout += text;
    },
    note: (text) => {
      stderr += text;
    },
    setExitCode: (value) => {
      code = value;
    },
  });
  return { code, stdout, stderr };
}
