// `yagura nodes list` and `revoke`.
import { listNodes, revokeNode } from '@yagura/contracts';
import { CliError } from '../errors.ts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { paintFor } from '../terminal/style.ts';
import { plain, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

export async function listNodesOf(
  options: HubOptions & { readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const { items } = await client.call(listNodes);
  if (options.json) {
    for (const node of items) await terminal.print(`${JSON.stringify(node)}\n`);
    return;
  }
  const paint = paintFor(terminal.hasOutputColours);
  const rows = items.map((node) =>
    [
      node.name,
      node.cluster ?? '–',
      node.state,
      node.lastContactAt === undefined ? 'never' : relativeTime(node.lastContactAt, terminal.now()),
      String(node.lossTotal),
      node.id,
    ].map(plain),
  );
  const { columns } = terminal;
  const head = ['NODE', 'CLUSTER', 'STATE', 'LAST HEARTBEAT', 'LOST', 'ID'];
  await terminal.print(table(head, rows, { columns, paintHead: (text) => paint('bold', text) }));
}

export async function revokeNodeOf(node: string, options: HubOptions, terminal: Terminal): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const { items } = await client.call(listNodes);
  const found = items.filter(({ id, name }) => id === node || name === node);
  const [one, ...others] = found;
  if (one === undefined || others.length > 0)
    throw new CliError('OPTION_INVALID', `${found.length} nodes are called ${node}`, {
      mend: 'Name it by its id: `yagura nodes list` shows them.',
    });
  await client.call(revokeNode, { params: { id: one.id } });
  await terminal.print(`${one.name}: its certificate is refused from now on\n`);
}
