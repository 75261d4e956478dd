// Looks whether a cluster can be reached before kubectl asks: kubectl itself hides the hub's reason in discovery.
import { type Cluster, listClusters } from '@yagura/contracts';
import { CliError } from '../errors.ts';
import type { HubClient } from '../hub-client/hub-client.ts';

/** Throws CLUSTER_UNREACHABLE with what is wrong. */
export async function expectTunnel(client: Pick<HubClient, 'call'>, name: string): Promise<void> {
  const { items } = await client.call(listClusters);
  const problem = problemOf(items, name);
  if (problem !== undefined) throw new CliError('CLUSTER_UNREACHABLE', problem);
}

export function problemOf(clusters: readonly Cluster[], name: string): string | undefined {
  const connected = clusters.filter(({ connection }) => connection !== undefined);
  const connection = connected.find((cluster) => cluster.name === name)?.connection;
  if (connection === undefined) {
    const names = connected.map((cluster) => cluster.name).join(', ');
    return `${name} is not among the connected clusters: ${names || 'there is none'}`;
  }
  if (connection.tunnelOpen) return undefined;
  const why = connection.problem === undefined ? '' : `: ${connection.problem.message}`;
  return `the agent of ${name} has no tunnel open just now, its state is ${connection.state}${why}`;
}
