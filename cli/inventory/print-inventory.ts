// `yagura inventory counts` and `objects`.
import {
  type ClusterObject,
  getInventory,
  listObjects,
  type ObjectQuery,
  type ResourceCount,
} from '@yagura/contracts';
import { createHubClient, type HubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { paintFor } from '../terminal/style.ts';
import { plain, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

type Json = { readonly json?: boolean };

async function printTable(
  terminal: Terminal,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const paint = paintFor(terminal.hasOutputColours);
  const { columns } = terminal;
  const cells = rows.map((row) => row.map(plain));
  await terminal.print(table([...head], cells, { columns, paintHead: (text) => paint('bold', text) }));
}

export async function printCounts(
  cluster: string,
  options: HubOptions & Json,
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const { items } = await client.call(getInventory, { params: { cluster } });
  if (options.json) {
    for (const one of items) await terminal.print(`${JSON.stringify(one)}\n`);
    return;
  }
  const rows = items.map((one) => countRow(one, terminal.now()));
  await printTable(terminal, ['RESOURCE', 'OBJECTS', 'KNOWN', 'TOLD AS A WHOLE', 'BY', 'PROBLEM'], rows);
}

const countRow = (
  { resource, objects, complete, message, listedAt, reportedBy }: ResourceCount,
  now: number,
): readonly string[] => [
  resource,
  String(objects),
  complete ? 'all' : 'perhaps not all',
  listedAt === undefined ? 'never' : relativeTime(listedAt, now),
  reportedBy ?? '',
  message ?? '',
];

export async function printObjects(
  cluster: string,
  options: HubOptions & ObjectQuery & Json,
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const rows: (readonly string[])[] = [];
  for await (const object of allObjects(client, cluster, options)) {
    if (options.json) await terminal.print(`${JSON.stringify(object)}\n`);
    else rows.push(objectRow(object));
  }
  if (!options.json)
    await printTable(terminal, ['RESOURCE', 'NAMESPACE', 'NAME', 'WORKLOAD', 'NODE', 'IMAGES', ''], rows);
}

const pageSize = 1000;

async function* allObjects(
  client: HubClient,
  cluster: string,
  { resource, namespace, workload, name, removed }: ObjectQuery,
): AsyncGenerator<ClusterObject> {
  const wish = Object.entries({ resource, namespace, workload, name, removed });
  const filter = Object.fromEntries(wish.filter(([, value]) => value !== undefined)) as ObjectQuery;
  for (let cursor: string | undefined; ; ) {
    const query = { ...filter, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
    const page = await client.call(listObjects, { params: { cluster }, query });
    yield* page.items;
    cursor = page.next;
    if (cursor === undefined) return;
  }
}

const objectRow = ({ resource, namespace, name, facts, removedAt }: ClusterObject): readonly string[] => [
  resource,
  namespace ?? '',
  name,
  facts.workload === undefined ? '' : `${facts.workload.kind} ${facts.workload.name}`,
  facts.node ?? '',
  (facts.containers ?? []).map(({ image }) => image).join(' '),
  removedAt === undefined ? '' : 'gone',
];
