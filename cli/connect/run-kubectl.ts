// Runs the user's kubectl.
import { spawn } from 'node:child_process';
import { findProgram } from '../doctor/find-program.ts';
import { CliError } from '../errors.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface KubectlRun {
  readonly args: readonly string[];
  /** Standard input, instead of the terminal's. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Its exit code; output goes to the terminal's. */
export async function runKubectl({ args, input, env }: KubectlRun, terminal: Terminal): Promise<number> {
  const program = await findProgram(['kubectl'], terminal.env);
  if (program === undefined)
    throw new CliError('TOOLS_MISSING', 'kubectl is not on the PATH', {
      mend: 'Install kubectl: https://kubernetes.io/docs/tasks/tools/',
    });
  const child = spawn(program, args, {
    env: { ...terminal.env, ...env },
    stdio: [input === undefined ? 'inherit' : 'pipe', 'inherit', 'inherit'],
    signal: terminal.signal,
  });
  child.stdin?.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => (terminal.signal.aborted ? resolve(130) : reject(error)));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

export interface KubectlTarget {
  readonly kubeconfig?: string;
  readonly context?: string;
}

export const targetArgs = ({ kubeconfig, context }: KubectlTarget): readonly string[] => [
  ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
  ...(context === undefined ? [] : ['--context', context]),
];
