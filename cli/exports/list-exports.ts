// `yagura exports list`
import { type Destination, listDestinations } from '@yagura/contracts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { type Paint, paintFor } from '../terminal/style.ts';
import { plain, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

const head = ['NAME', 'TYPE', 'FORMAT', 'STATE', 'WAITING', 'DELIVERED', 'LAST', 'DEAD', 'TARGET'];

export async function listExportsOf(
  options: HubOptions & { readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const { items } = await client.call(listDestinations);
  if (options.json) {
    for (const item of items) await terminal.print(`${JSON.stringify(item)}\n`);
    return;
  }
  if (items.length === 0) return terminal.note('no destinations\n');
  const paint = paintFor(terminal.hasOutputColours);
  const rows = items.map((item) => row(item, paint, terminal.now()));
  await terminal.print(
    table(head, rows, { columns: terminal.columns, paintHead: (text) => paint('bold', text) }),
  );
  for (const { name, problem } of items)
    if (problem !== undefined) terminal.note(`${name}: ${plain(problem)}\n`);
}

function row(item: Destination, paint: Paint, now: number): readonly string[] {
  const { name, type, format, state, healthy, waiting, delivered, lastDeliveredAt, deadLetters } = item;
  const how = state === 'paused' ? 'paused' : healthy ? 'delivering' : paint('red', 'failing');
  return [
    ...[name, type, format, how, String(waiting), String(delivered)],
    lastDeliveredAt === undefined ? '-' : relativeTime(lastDeliveredAt, now),
    ...[String(deadLetters), plain(item.target)],
  ];
}
