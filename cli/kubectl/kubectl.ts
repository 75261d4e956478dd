// `yagura kubectl`: kubectl on a connected cluster, through a loopback port that knows the hub's token.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runKubectl } from '../connect/run-kubectl.ts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { expectTunnel } from './expect-tunnel.ts';
import { openGate } from './gate.ts';

export interface KubectlOptions extends HubOptions {
  readonly cluster: string;
  readonly as?: string;
}

export async function kubectlOf(
  words: readonly string[],
  options: KubectlOptions,
  terminal: Terminal,
): Promise<number> {
  const hub = await locateHub(options, terminal);
  const { cluster, as: role } = options;
  await expectTunnel(createHubClient(hub, terminal.signal), { cluster, role });
  await using gate = await openGate({ hub, cluster, role, signal: terminal.signal });
  const folder = await mkdtemp(join(tmpdir(), 'yagura-kubectl-'));
  try {
    const file = join(folder, 'config');
    await writeFile(file, kubeconfig(gate.url, cluster), { mode: 0o600 });
    return await runKubectl({ args: words, env: { KUBECONFIG: file } }, terminal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** JSON is YAML. */
const kubeconfig = (server: string, cluster: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: cluster, cluster: { server } }],
    users: [{ name: 'yagura', user: {} }],
    contexts: [{ name: cluster, context: { cluster, user: 'yagura' } }],
    'current-context': cluster,
  });
