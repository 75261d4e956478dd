// `yagura clusters list` and `revoke`.
import { type Cluster, listClusters, revokeCluster } from '@yagura/contracts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { paintFor } from '../terminal/style.ts';
import { plain, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

export async function listClustersOf(
  options: HubOptions & { readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const { items } = await client.call(listClusters);
  if (options.json) {
    for (const cluster of items) await terminal.print(`${JSON.stringify(cluster)}\n`);
    return;
  }
  const paint = paintFor(terminal.hasOutputColours);
  const rows = items.map((cluster) => row(cluster, terminal.now()).map(plain));
  const { columns } = terminal;
  const head = ['CLUSTER', 'CONNECTION', 'LAST HEARTBEAT', 'NODES', 'LAST AUDIT EVENT', 'PROBLEM'];
  await terminal.print(table(head, rows, { columns, paintHead: (text) => paint('bold', text) }));
}

function row(
  { name, connection, nodes, auditLastEventAt, auditLog }: Cluster,
  now: number,
): readonly string[] {
  const age = (time: string | undefined): string => (time === undefined ? '–' : relativeTime(time, now));
  const unwell = connection?.components.find(({ healthy }) => !healthy);
  return [
    name,
    connection === undefined ? '–' : connection.state,
    age(connection?.lastContactAt),
    String(nodes),
    `${age(auditLastEventAt)}${auditLog === 'silent' ? ', silent' : ''}`,
    connection?.problem?.message ?? unwell?.message ?? '',
  ];
}

export async function revokeClusterOf(name: string, options: HubOptions, terminal: Terminal): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  await client.call(revokeCluster, { params: { name } });
  await terminal.print(`${name}: its agent, its nodes and its audit credential are refused from now on\n`);
}
