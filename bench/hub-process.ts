// A real hub as its own process with its own PostgreSQL, in a temporary folder, and an agent that is registered with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HubStatus, IssuedCertificate } from '@yagura/contracts';
import { type ClientTls, request } from '@yagura/kit';
import { makeClientKey } from './client-key.ts';

const hubMain = fileURLToPath(new URL('../hub/main.ts', import.meta.url));

/** What the hub tells whoever starts it. */
export interface HubReady {
  readonly agentsUrl: string;
  readonly apiUrl: string;
  readonly workspace: string;
  readonly registrationToken: string;
  readonly adminToken: string;
  readonly authorityFile: string;
}

export async function startHub(): Promise<AsyncDisposable & { readonly ready: HubReady }> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-bench-'));
  // PostgreSQL runs under another user and must be able to reach its own folder below this one.
  await chmod(folder, 0o755);
  const flags = ['--data', folder, '--api', '127.0.0.1:0', '--agents', '127.0.0.1:0', '--log-level', 'error'];
  const child = spawn(process.execPath, [hubMain, ...flags], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  const isUp = await Promise.race([once(child, 'message'), exited.then(() => undefined)]);
  if (isUp === undefined) {
    await stop();
    throw new Error('the hub ended before it was ready; its log is above');
  }
  return { ready: isUp[0] as HubReady, [Symbol.asyncDispose]: stop };
}

/** The TLS identity of a node that has just registered. */
export async function registerAgent(hub: HubReady): Promise<ClientTls> {
  const { csr, key } = await makeClientKey();
  const ca = await readFile(hub.authorityFile, 'utf8');
  const { workspace, registrationToken: token } = hub;
  const answer = await request({
    method: 'POST',
    url: `${hub.agentsUrl}/v1/registrations`,
    body: JSON.stringify({ workspace, token, role: 'node', name: 'bench', csr }),
    tls: { ca },
  });
  if (answer.status !== 200) throw new Error(`registration was answered ${answer.status}: ${answer.body}`);
  const issued = JSON.parse(answer.body.toString()) as IssuedCertificate;
  return { ca, cert: issued.certificate, key };
}

/** Waits until detection has seen all that the event log holds. */
export async function isDrained({ apiUrl, adminToken }: HubReady): Promise<void> {
  for (;;) {
    const answer = await request({
      method: 'GET',
      url: `${apiUrl}/api/v1/status`,
      headers: { authorization: `Bearer ${adminToken}` },
    });
    const { eventLog } = JSON.parse(answer.body.toString()) as HubStatus;
    if (eventLog.pendingEvents === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
