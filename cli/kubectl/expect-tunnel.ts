// Looks whether a cluster can be reached before kubectl asks: kubectl itself hides the hub's reason in discovery.
import { type Cluster, listClusters } from '@yagura/contracts';
import { CliError } from '../errors.ts';
import type { HubClient } from '../hub-client/hub-client.ts';

export interface Way {
  readonly cluster: string;
  /** The reader's, which is always granted, unless told. */
  readonly role?: string | undefined;
}

/** Throws CLUSTER_UNREACHABLE or OPTION_INVALID with what is wrong. */
export async function expectTunnel(client: Pick<HubClient, 'call'>, way: Way): Promise<void> {
  const { items } = await client.call(listClusters);
  const problem = problemOf(items, way.cluster);
  if (problem !== undefined) throw new CliError('CLUSTER_UNREACHABLE', problem);
  const roles = items.find(({ name }) => name === way.cluster)?.connection?.roles ?? [];
  if (way.role !== undefined && !roles.includes(way.role))
    throw new CliError('OPTION_INVALID', `--as ${way.role} is not granted in ${way.cluster}`, {
      mend: `Granted are ${roles.join(', ')}; the cluster's owner grants more with \`yagura connect kubernetes ${way.cluster} --grant ROLE=CLUSTERROLE\`.`,
    });
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
