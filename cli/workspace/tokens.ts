// `yagura workspace token`, `tokens` and `rotate`.
import {
  createRegistrationToken,
  deleteRegistrationToken,
  listRegistrationTokens,
  rotateRegistrationTokens,
} from '@yagura/contracts';
import { CliError } from '../errors.ts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { plural } from '../terminal/plural.ts';
import { paintFor } from '../terminal/style.ts';
import { plain, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface TokensOptions extends HubOptions {
  readonly end?: string;
  readonly json?: boolean;
}

export interface TokenOptions extends HubOptions {
  readonly role: 'node' | 'cluster';
  readonly name?: string;
  readonly uses: string;
  readonly hours: string;
  readonly json?: boolean;
}

/** Only the token goes to standard output, so that a script can take it. */
export async function makeToken(options: TokenOptions, terminal: Terminal): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const { role, name } = options;
  const made = await client.call(createRegistrationToken, {
    body: {
      role,
      ...(name === undefined ? {} : { name }),
      uses: positive('--uses', options.uses),
      hours: positive('--hours', options.hours),
    },
  });
  if (options.json) return terminal.print(`${JSON.stringify(made)}\n`);
  await terminal.print(`${made.token}\n`);
  const times = made.uses === 1 ? 'once' : `${made.uses} times`;
  terminal.note(`registers a ${role} ${times} with workspace ${made.workspace}, until ${made.expiresAt}\n`);
}

export async function listTokensOf(options: TokensOptions, terminal: Terminal): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  if (options.end !== undefined)
    return void (await client.call(deleteRegistrationToken, { params: { id: options.end } }));
  const { items } = await client.call(listRegistrationTokens);
  if (options.json) {
    for (const token of items) await terminal.print(`${JSON.stringify(token)}\n`);
    return;
  }
  const paint = paintFor(terminal.hasOutputColours);
  const rows = items.map((token) =>
    [
      token.id,
      token.role,
      token.name ?? (token.cluster === undefined ? 'any' : `any of ${token.cluster}`),
      String(token.usesLeft),
      token.expiresAt,
      token.createdBy,
    ].map(plain),
  );
  const head = ['ID', 'ROLE', 'NAME', 'USES LEFT', 'UNTIL', 'MADE BY'];
  const { columns } = terminal;
  await terminal.print(table(head, rows, { columns, paintHead: (text) => paint('bold', text) }));
}

export async function rotateTokens(options: HubOptions, terminal: Terminal): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const { ended } = await client.call(rotateRegistrationTokens);
  await terminal.print(`${plural(ended, 'registration token')} ended\n`);
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new CliError('OPTION_INVALID', `${option} ${text} is no number above 0`);
  return value;
}
