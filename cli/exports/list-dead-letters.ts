// `yagura exports dead-letters`
import { listDeadLetters } from '@yagura/contracts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { paintFor } from '../terminal/style.ts';
import { plain, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

const head = ['DESTINATION', 'FAILED', 'TRIES', 'REASON', 'CHANGE', 'ALERT', 'RULE'];
const most = 1000;

export async function listDeadLettersOf(
  destination: string | undefined,
  options: HubOptions & { readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const query = { limit: most, ...(destination === undefined ? {} : { destination }) };
  const { items } = await client.call(listDeadLetters, { query });
  if (options.json) {
    for (const item of items) await terminal.print(`${JSON.stringify(item)}\n`);
    return;
  }
  if (items.length === 0) return terminal.note('no dead letters\n');
  const paint = paintFor(terminal.hasOutputColours);
  const rows = items.map(({ destination: name, failedAt, alert, change, rule, attempts, reason }) => [
    ...[
      name,
      relativeTime(failedAt, terminal.now()),
      String(attempts),
      plain(reason),
      change,
      alert,
      plain(rule),
    ],
  ]);
  await terminal.print(
    table(head, rows, { columns: terminal.columns, paintHead: (text) => paint('bold', text) }),
  );
}
