// A node without a kernel probe: the real publisher, and events written to its socket as the collector writes them.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './child-program.ts';
import type { TestHub } from './start-hub.ts';

export interface TestNode extends AsyncDisposable {
  send(...lines: readonly object[]): Promise<void>;
}

const sendTo =
  (socketPath: string) =>
  async (...lines: readonly object[]): Promise<void> => {
    const socket = connect(socketPath);
    const header = { block: 1, lines: lines.length };
    socket.write([header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
    // The answer is the acknowledgement: the block is in the spool.
    await once(socket, 'data');
    socket.destroy();
  };

export async function startNode(hub: TestHub, name: string): Promise<TestNode> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-node-'));
  const socketPath = join(folder, 'collector.sock');
  const { agentsUrl, authorityFile, workspace } = hub.ready;
  const { token } = (await hub.post('/api/v1/registration-tokens', { role: 'node' })) as {
    readonly token: string;
  };
  const program = await startProgram({
    main: 'sensor/publisher/main.ts',
    args: [
      ...['--hub', agentsUrl, '--authority', authorityFile, '--workspace', workspace],
      ...['--data', join(folder, 'data'), '--socket', socketPath, '--name', name],
      ...['--cluster', 'prod-eu', '--heartbeat-ms', '500'],
    ],
    env: { YAGURA_REGISTRATION_TOKEN: token },
  });
  return {
    send: sendTo(socketPath),
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
