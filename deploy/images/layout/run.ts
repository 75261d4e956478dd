// Runs a program to its end and returns what it printed.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const outputLimitBytes = 16 * 1024 * 1024;

/** Throws with the program's own complaint. */
export async function run(command: string, args: readonly string[]): Promise<string> {
  try {
    return (await exec(command, args, { maxBuffer: outputLimitBytes })).stdout;
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    const reason = code === 'ENOENT' ? 'it is not installed' : stderr?.trim() || String(code);
    throw new Error(`${command} ${args[0] ?? ''}: ${reason}`, { cause: error });
  }
}
