// `yagura workspace retention`: shows how long what is kept, or sets it.
import { getWorkspace, type Retention, setRetention } from '@yagura/contracts';
import { CliError } from '../errors.ts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface RetentionOptions extends HubOptions {
  readonly closedAlerts?: string;
  readonly occurrences?: string;
  readonly trail?: string;
  readonly json?: boolean;
}

export async function retentionOf(options: RetentionOptions, terminal: Terminal): Promise<void> {
  const wish = wishOf(options);
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const kept =
    Object.keys(wish).length === 0
      ? (await client.call(getWorkspace)).retention
      : await client.call(setRetention, { body: wish });
  await terminal.print(options.json ? `${JSON.stringify(kept)}\n` : retentionText(kept));
}

function wishOf({ closedAlerts, occurrences, trail }: RetentionOptions): Partial<Retention> {
  const given = { closedAlertDays: closedAlerts, occurrenceDays: occurrences, trailDays: trail };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, text]) => (text === undefined ? [] : [[name, days(text)]])),
  );
}

function days(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new CliError('OPTION_INVALID', `${text} is no number of days above 0`);
  return value;
}

const retentionText = ({ closedAlertDays, occurrenceDays, trailDays }: Retention): string =>
  `closed alerts  ${closedAlertDays} days\nrepeats        ${occurrenceDays} days\ntrail          ${trailDays} days\n`;
