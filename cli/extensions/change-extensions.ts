// `yagura extensions install`, `upgrade` and `remove`: says what shall be, and waits for it where that is asked.
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  deleteExtension,
  type Extension,
  type ExtensionValues,
  getExtension,
  putExtension,
} from '@yagura/contracts';
import { parse } from 'yaml';
import { CliError } from '../errors.ts';
import { createHubClient, type HubClient } from '../hub-client/hub-client.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { ChangeOptions } from './options.ts';
import { print } from './show-extensions.ts';

interface Change {
  readonly client: HubClient;
  readonly params: Readonly<Record<string, string>>;
}

const begin = async (name: string, options: ChangeOptions, terminal: Terminal): Promise<Change> => ({
  client: createHubClient(await locateHub(options, terminal), terminal.signal),
  params: { name: options.cluster, extension: name },
});

export async function installExtension(
  name: string,
  options: ChangeOptions,
  terminal: Terminal,
): Promise<number> {
  const values = options.values === undefined ? {} : await readValues(options.values, terminal);
  const change = await begin(name, options, terminal);
  const wanted = await change.client.call(putExtension, { params: change.params, body: { values } });
  return finish(wanted, { ...change, options }, terminal);
}

export async function upgradeExtension(
  name: string,
  options: ChangeOptions,
  terminal: Terminal,
): Promise<number> {
  const given = options.values === undefined ? undefined : await readValues(options.values, terminal);
  const { client, params } = await begin(name, options, terminal);
  const { desired } = await client.call(getExtension, { params });
  if (desired.state === 'removed')
    throw new CliError('OPTION_INVALID', `${name} was removed from ${options.cluster}`, {
      mend: `Install it: yagura extensions install ${name} --cluster ${options.cluster}`,
    });
  const wanted = await client.call(putExtension, { params, body: { values: given ?? desired.values } });
  return finish(wanted, { client, params, options }, terminal);
}

export async function removeExtension(
  name: string,
  options: ChangeOptions,
  terminal: Terminal,
): Promise<number> {
  const change = await begin(name, options, terminal);
  const wanted = await change.client.call(deleteExtension, { params: change.params });
  return finish(wanted, { ...change, options }, terminal);
}

const pollMs = 1000;
const underWay: readonly Extension['status'][] = ['pending', 'installing', 'removing'];

/** 1 where it was waited for and did not come to be as wanted. */
async function finish(
  wanted: Extension,
  { client, params, options }: Change & { readonly options: ChangeOptions },
  terminal: Terminal,
): Promise<number> {
  if (!options.wait) {
    await print(wanted, options, terminal);
    return 0;
  }
  const until = terminal.now() + timeoutOf(options.timeout);
  let now = wanted;
  let said = '';
  while (underWay.includes(now.status) && terminal.now() < until) {
    const line = [now.status, now.reported?.message].filter(Boolean).join(': ');
    if (line !== said) terminal.note(`${line}\n`);
    said = line;
    await sleep(pollMs, undefined, { signal: terminal.signal });
    now = await client.call(getExtension, { params });
    // Somebody else wants something else by now: what was asked for here will not come to be.
    if (now.desired.generation !== wanted.desired.generation) break;
  }
  await print(now, options, terminal);
  const isDone = now.desired.generation === wanted.desired.generation && now.status === wanted.desired.state;
  return isDone ? 0 : 1;
}

function timeoutOf(seconds: string): number {
  const value = Number(seconds);
  if (!(value > 0)) throw new CliError('OPTION_INVALID', `--timeout ${seconds} is no number above 0`);
  return value * 1000;
}

async function readValues(file: string, terminal: Terminal): Promise<ExtensionValues> {
  const source = file === '-' ? text(terminal.input) : readFile(file, 'utf8');
  const content = await source.catch((cause: unknown) => {
    throw new CliError('FILE_UNREADABLE', `${file}: ${(cause as Error).message}`, { cause });
  });
  let value: unknown;
  try {
    value = parse(content) ?? {};
  } catch (cause) {
    throw new CliError('OPTION_INVALID', `${file}: ${(cause as Error).message}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CliError('OPTION_INVALID', `${file} is no YAML object`);
  return value as ExtensionValues;
}
