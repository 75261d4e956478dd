// `yagura suppressions delete`
import { deleteSuppression } from '@yagura/contracts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import type { Terminal } from '../terminal/terminal.ts';

export async function deleteSuppressionsOf(
  ids: readonly string[],
  options: HubOptions,
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  for (const id of ids) {
    await client.call(deleteSuppression, { params: { id } });
    await terminal.print(`ended ${id}\n`);
  }
}
