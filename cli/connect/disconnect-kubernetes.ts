// `yagura disconnect kubernetes`: takes out of the cluster what connecting put in, and ends the connection at the hub.
import { disconnectCluster } from '@yagura/contracts';
import { CliError } from '../errors.ts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { plain } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { labels } from './kube-object.ts';
import { runKubectl, targetArgs } from './run-kubectl.ts';

export interface DisconnectOptions extends HubOptions {
  readonly hubOnly?: boolean;
  readonly clusterOnly?: boolean;
  readonly kubeconfig?: string;
  readonly context?: string;
}

const managed = 'app.kubernetes.io/managed-by';

/** The hub first: from then on nothing that was copied out of the cluster is of use. */
export async function disconnectKubernetes(
  cluster: string,
  options: DisconnectOptions,
  terminal: Terminal,
): Promise<number> {
  if (!options.clusterOnly) await disconnectAtHub(cluster, options, terminal);
  if (options.hubOnly) return 0;
  // By label: an object of the same name that somebody else made is not ours to remove.
  const kinds = 'clusterrolebindings,clusterroles,priorityclasses,namespaces';
  const selector = `${managed}=${labels[managed]}`;
  const args = ['delete', kinds, '--selector', selector, '--ignore-not-found', '--wait'];
  return runKubectl({ args: [...targetArgs(options), ...args] }, terminal);
}

async function disconnectAtHub(
  cluster: string,
  options: DisconnectOptions,
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const name = plain(cluster);
  try {
    await client.call(disconnectCluster, { params: { name: cluster } });
    const rest = options.hubOnly ? `; \`--cluster-only\` takes out what is still in the cluster` : '';
    await terminal.print(`the hub ended the connection of ${name}${rest}\n`);
  } catch (error) {
    const isGone = error instanceof CliError && /NOT_FOUND/.test(error.message);
    if (!isGone) throw error;
    terminal.note(`the hub knows no connection of ${name}\n`);
  }
}
