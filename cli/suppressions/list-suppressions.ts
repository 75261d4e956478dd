// `yagura suppressions list`
import { listSuppressions } from '@yagura/contracts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { paintFor } from '../terminal/style.ts';
import { plain, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { matchText } from './match-text.ts';

const head = ['ID', 'STATE', 'EXPIRES', 'HITS', 'LAST HIT', 'OWNER', 'MATCH', 'REASON'];

export async function listSuppressionsOf(
  options: HubOptions & { readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const { items } = await client.call(listSuppressions);
  if (options.json) {
    for (const item of items) await terminal.print(`${JSON.stringify(item)}\n`);
    return;
  }
  if (items.length === 0) return terminal.note('no suppressions\n');
  const paint = paintFor(terminal.hasOutputColours);
  const now = terminal.now();
  const rows = items.map(({ id, state, expiresAt, hits, lastHitAt, owner, match, reason }) => [
    ...[id, state, relativeTime(expiresAt, now), String(hits)],
    lastHitAt === undefined ? '-' : relativeTime(lastHitAt, now),
    ...[plain(owner), matchText(match), plain(reason)],
  ]);
  await terminal.print(
    table(head, rows, { columns: terminal.columns, paintHead: (text) => paint('bold', text) }),
  );
  for (const { id, notice } of items)
    if (notice !== undefined) terminal.note(`${id} keeps nothing from view: ${plain(notice)}\n`);
}
