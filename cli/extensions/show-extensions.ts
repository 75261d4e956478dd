// `yagura extensions list` and `status`.
import { type Extension, getExtension, listExtensions } from '@yagura/contracts';
import { stringify } from 'yaml';
import { createHubClient } from '../hub-client/hub-client.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { paintFor } from '../terminal/style.ts';
import { plain, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { ExtensionOptions } from './options.ts';

export async function listExtensionsOf(options: ExtensionOptions, terminal: Terminal): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const { items } = await client.call(listExtensions, { params: { name: options.cluster } });
  if (options.json) {
    for (const one of items) await terminal.print(`${JSON.stringify(one)}\n`);
    return;
  }
  const paint = paintFor(terminal.hasOutputColours);
  const head = ['EXTENSION', 'STATUS', 'GENERATION', 'VERSION', 'SINCE', 'MESSAGE'];
  const rows = items.map((one) => row(one, terminal.now()).map(plain));
  const { columns } = terminal;
  await terminal.print(table(head, rows, { columns, paintHead: (text) => paint('bold', text) }));
}

function row({ name, status, desired, reported, changedAt }: Extension, now: number): readonly string[] {
  const isTaken = reported?.generation === desired.generation;
  return [
    name,
    status,
    String(desired.generation),
    desired.version,
    relativeTime(isTaken ? reported.at : changedAt, now),
    (isTaken ? reported.message : undefined) ?? '',
  ];
}

export async function showExtension(
  name: string,
  options: ExtensionOptions,
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const params = { name: options.cluster, extension: name };
  await print(await client.call(getExtension, { params }), options, terminal);
}

/** All of it, for people or as JSON. */
export async function print(
  extension: Extension,
  { json }: Pick<ExtensionOptions, 'json'>,
  terminal: Terminal,
): Promise<void> {
  if (json) return terminal.print(`${JSON.stringify(extension)}\n`);
  const { cluster, name, status, desired, reported, changedAt, changedBy } = extension;
  const { generation, state, chart, version, values } = desired;
  const isTaken = reported?.generation === generation;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['status', status],
    ['message', isTaken ? reported.message : undefined],
    ['wanted', `${state}, generation ${generation}, ${chart} ${version}`],
    ['since', `${changedAt} by ${changedBy}`],
    ['reported', reported && `${reported.status}, generation ${reported.generation}, ${reported.at}`],
    ['release', reported?.revision === undefined ? undefined : `revision ${reported.revision}`],
  ];
  const told = lines.flatMap(([key, value]) =>
    value === undefined ? [] : [`  ${key.padEnd(10)}${plain(value)}\n`],
  );
  const hasValues = Object.keys(values).length > 0;
  await terminal.print(
    `${plain(cluster)}/${name}\n${told.join('')}${hasValues ? `  values\n${indented(stringify(values))}` : ''}`,
  );
}

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');
