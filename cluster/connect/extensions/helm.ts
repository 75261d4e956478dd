// Runs the Helm that the agent's image carries: no shell, bounded in time and output, with no more of an environment than it needs.
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Helm {
  /** Resolves with what it printed. Rejects with a HelmFailure, or with the signal's reason once it is dead. */
  run(args: readonly string[], signal: AbortSignal): Promise<string>;
}

export class HelmFailure extends Error {
  override readonly name = 'HelmFailure';
}

export interface HelmOptions {
  readonly program: string;
  /** Becomes its home; nobody else's. */
  readonly folder: string;
  readonly apiServer: { readonly url: string; readonly authorityFile: string; readonly tokenFile: string };
  /** Of one run; Helm's own --timeout is shorter. */
  readonly timeoutMs: number;
}

const maxOutput = 64 * 1024;
const maxReason = 800;
/** Of Go's heap: soft, so that it collects more often in a container with little memory. */
const memoryLimit = '96MiB';

export async function prepareHelm({ program, folder, apiServer, timeoutMs }: HelmOptions): Promise<Helm> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigOf(apiServer), { mode: 0o600 });
  const env = { HOME: folder, KUBECONFIG: kubeconfig, GOMEMLIMIT: memoryLimit, GOMAXPROCS: '1' };
  return { run: (args, signal) => run({ program, args, env, timeoutMs }, signal) };
}

/** Names files, so that no credential is copied. JSON is YAML. */
const kubeconfigOf = ({ url, authorityFile, tokenFile }: HelmOptions['apiServer']): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'here', cluster: { server: url, 'certificate-authority': authorityFile } }],
    users: [{ name: 'agent', user: { tokenFile } }],
    contexts: [{ name: 'here', context: { cluster: 'here', user: 'agent' } }],
    'current-context': 'here',
  });

interface Run {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/**
 * It is killed rather than asked to end: asked, it would note down that the release failed, and what was only cut
 * short is begun again while what failed is not.
 */
function run({ program, args, env, timeoutMs }: Run, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const printed = bounded(child.stdout);
    const complained = bounded(child.stderr);
    let broken: Error | undefined;
    child.once('error', (error) => {
      broken = error;
      // Without a process there is no end to wait for.
      if (child.pid === undefined) reject(new HelmFailure(`${program}: ${error.message}`, { cause: error }));
    });
    child.once('close', (code) => {
      if (signal.aborted) return reject(signal.reason);
      if (broken !== undefined)
        return reject(new HelmFailure(`helm ${args[0]}: no end within ${timeoutMs} ms`));
      if (code === 0) return resolve(printed());
      reject(new HelmFailure(reasonOf(complained()) || `helm ${args[0]} ended with code ${code}`));
    });
  });
}

function bounded(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => {
    // The end tells what went wrong.
    text = `${text}${part}`.slice(-maxOutput);
  });
  return () => text;
}

/** Warnings and log lines of its libraries stand before it. */
function reasonOf(text: string): string {
  const at = text.lastIndexOf('Error: ');
  return text
    .slice(at < 0 ? 0 : at + 7)
    .trim()
    .replaceAll(/\s*\n\s*/g, '; ')
    .slice(0, maxReason);
}
