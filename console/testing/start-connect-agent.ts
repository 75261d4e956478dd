// The agent of a connected cluster without a cluster: its API server does not answer, and it says so.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './child-program.ts';
import type { TestHub } from './start-hub.ts';

export async function startConnectAgent(hub: TestHub, cluster: string): Promise<AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-connect-'));
  const { agentsUrl, authorityFile, workspace } = hub.ready;
  const { token } = (await hub.post(`/api/v1/clusters/${cluster}/connection`, {})) as {
    readonly token: string;
  };
  const tokenFile = join(folder, 'service-account');
  await writeFile(tokenFile, 'none');
  const program = await startProgram({
    main: 'cluster/connect/main.ts',
    args: [
      ...['--hub', agentsUrl, '--authority', authorityFile, '--workspace', workspace],
      ...['--cluster', cluster, '--data', folder, '--heartbeat-ms', '500'],
      ...['--api-server', 'https://127.0.0.1:1', '--api-server-authority', authorityFile],
      ...['--api-server-token-file', tokenFile],
    ],
    env: { YAGURA_REGISTRATION_TOKEN: token },
  });
  return {
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
