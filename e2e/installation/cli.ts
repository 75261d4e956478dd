// The CLI as its user runs it, against a hub.
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../cluster/programs/build.ts';
import { controlPlanePrograms } from '../cluster/programs/list.ts';
import type { HubProcess } from './hub-process.ts';

const yagura = fileURLToPath(new URL('../../yagura', import.meta.url));

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** As the hub's administrator, with the cluster tier's kubectl on the PATH. */
export function runCli(
  hub: Pick<HubProcess, 'apiUrl' | 'token'>,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const kubectl = controlPlanePrograms.find(({ name }) => name === 'kubectl');
  const folder = dirname((kubectl && findProgram(kubectl)) ?? '');
  const env = {
    ...process.env,
    PATH: `${folder}:${process.env['PATH']}`,
    YAGURA_URL: hub.apiUrl,
    YAGURA_TOKEN: hub.token,
    ...more,
  };
  return new Promise((resolve) =>
    execFile(yagura, args, { env, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
    ),
  );
}
