// What inventories tell, over real HTTPS into a real PostgreSQL: who may tell it, what stays, what alerts gain.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BatchReceipt,
  batchHeaders,
  type Entities,
  type InventoryRecord,
  type ObjectFacts,
} from '@yagura/contracts';
import { createEngine, loadRules } from '@yagura/detection';
import { createMetrics, systemClock } from '@yagura/kit';
import { processEvent } from '../ingest/testing.ts';
import { type Pipeline, startPipeline } from '../pipeline/start-pipeline.ts';
import { recordAlerts } from '../store/alerts.ts';
import { isDataRefused } from '../store/data-refused.ts';
import { readLosses } from '../store/losses.ts';
import { countObjects, listClusterEvents, listObjects } from '../store/object-list.ts';
import { removeOldInventory } from '../store/object-retention.ts';
import {
  silent,
  startTestAgentsPort,
  type TestAgent,
  type TestAgentsPort,
} from '../testing/test-agents-port.ts';
import { openInventory } from './open-inventory.ts';

const rule = `- rule: any process
  id: any-process
  title: Any process
  desc: Fires on each process.
  condition: evt.type = execve
  output: process %proc.name
  priority: WARNING
  source: syscall
  tags: []
`;
const time = '2026-01-02T03:04:05Z';

let port: TestAgentsPort;
let pipeline: Pipeline;
let agent: TestAgent;
const entities: Entities[] = [];
const start = async (): Promise<Pipeline> =>
  startPipeline({
    ...{ eventLog: port.eventLog, isRefusal: isDataRefused, clock: systemClock, log: silent },
    ...(await openInventory({
      ...{ db: port.database.db, clock: systemClock, metrics: createMetrics('test') },
      maxObjects: 100,
    })),
    engine: createEngine(loadRules([{ path: 'any.yaml', text: rule }]).rules),
    record: (occurrences) => {
      entities.push(...occurrences.map(({ alert }) => alert.entities));
      return recordAlerts(port.database.db, occurrences);
    },
    saveMemory: async () => {},
    onAlerts: () => {},
    metrics: createMetrics('test'),
  });
before(async () => {
  port = await startTestAgentsPort();
  agent = await port.agent('node-1', { cluster: 'prod' });
  pipeline = await start();
});
after(async () => {
  await pipeline[Symbol.asyncDispose]();
  await port[Symbol.asyncDispose]();
});

let batches = 0;
/** Resolves when the pipeline has worked it off. */
async function tell(lines: readonly object[], from = agent): Promise<BatchReceipt> {
  const answer = await port.call('/v1/batches', {
    tls: from.tls,
    body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    headers: { [batchHeaders.id]: `b${batches++}`, [batchHeaders.lines]: String(lines.length) },
  });
  assert.equal(answer.status, 200, answer.body.toString());
  for (let waited = 0; port.eventLog.stats().blocks > 0; waited += 5) {
    assert.ok(waited < 10_000, 'the pipeline works it off');
    await sleep(5);
  }
  return JSON.parse(answer.body.toString()) as BatchReceipt;
}

interface Wish {
  readonly generation?: string;
  readonly namespace?: string;
  readonly facts?: ObjectFacts;
}

const pod = (
  name: string,
  { generation = 'g1', namespace = 'shop', facts = {} }: Wish = {},
): InventoryRecord => ({
  ...{ kind: 'object.observed', time, cluster: 'forged', generation, uid: `uid-${name}`, resource: 'pods' },
  ...{ namespace, name, createdAt: time, facts },
});
const listed = (generation: string, objects: number, complete = true): InventoryRecord => ({
  ...{ kind: 'inventory.listed', time, generation, resource: 'pods', objects, complete },
});
const names = async (cluster = 'prod'): Promise<string[]> =>
  (await listObjects(port.database.db, cluster, { resource: 'pods' })).items.map(({ name }) => name);
const count = async () =>
  (await countObjects(port.database.db, 'prod')).find((one) => one.resource === 'pods');

test('objects are stored for the cluster of the certificate, whatever they say themselves', async () => {
  await tell([pod('web-1'), pod('web-2'), pod('db-0', { namespace: 'data' }), listed('g1', 3)]);
  assert.deepEqual(await names(), ['db-0', 'web-1', 'web-2']);
  assert.deepEqual(await names('forged'), []);
  const { reportedBy, objects, complete } = (await count()) ?? assert.fail();
  assert.deepEqual({ reportedBy, objects, complete }, { reportedBy: 'node-1', objects: 3, complete: true });
});

test('a node of no cluster may not tell an inventory', async () => {
  const lonely = await port.agent('lonely');
  const receipt = await tell([pod('x')], lonely);
  assert.equal(receipt.rejected[0]?.code, 'KIND_NOT_ALLOWED');
});

test('a listing of which something is missing deletes nothing and shows as partial; a whole one does', async () => {
  await tell([pod('web-1', { generation: 'g2' }), listed('g2', 2)]);
  assert.deepEqual(await names(), ['db-0', 'web-1', 'web-2']);
  assert.match((await count())?.message ?? '', /1 of 2 objects arrived/);
  await tell([listed('g2', 1, false)]);
  assert.equal((await names()).length, 3, 'the API server did not answer for all');
  await tell([pod('web-3', { generation: 'g2' }), listed('g2', 2)]);
  assert.deepEqual(await names(), ['web-1', 'web-3']);
  assert.equal((await count())?.complete, true);
});

test('removed objects are kept for a while, marked', async () => {
  const { kind: _, ...gone } = pod('web-3') as Extract<InventoryRecord, { kind: 'object.observed' }>;
  await tell([{ ...gone, kind: 'object.removed' }]);
  assert.deepEqual(await names(), ['web-1']);
  const all = await listObjects(port.database.db, 'prod', { resource: 'pods', removed: true });
  assert.ok(all.items.find(({ name }) => name === 'web-3')?.removedAt);
  const { objects } = await removeOldInventory(port.database.db, Date.now() + 31 * 86_400_000);
  assert.equal(objects, 4, 'three that are gone, and one that was not told for as long');
});

test('pages go on where the last one ended', async () => {
  await tell(['a', 'b', 'c', 'd'].map((name) => pod(name, { generation: 'g3', namespace: 'pages' })));
  const seen: string[] = [];
  for (let cursor: string | undefined, turns = 0; turns < 5; turns++) {
    const query = { namespace: 'pages', limit: 3, ...(cursor === undefined ? {} : { cursor }) };
    const page = await listObjects(port.database.db, 'prod', query);
    assert.equal(page.total, 4);
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.next;
    if (cursor === undefined) break;
  }
  assert.deepEqual(seen, ['a', 'b', 'c', 'd']);
});

test('an alert about a known pod bears its workload, image and node, also after a restart of the hub', async () => {
  const facts = {
    workload: { kind: 'Deployment', name: 'shop-front-2024' },
    containers: [
      { name: 'main', image: 'registry.example/shop:1' },
      { name: 'proxy', image: 'registry.example/proxy:2' },
    ],
  };
  await tell([pod('shop-front-2024-abc', { facts })]);
  const event = {
    ...processEvent('p1'),
    pod: { name: 'shop-front-2024-abc', namespace: 'shop' },
    container: { id: 'c'.repeat(64), name: 'proxy' },
  };
  entities.length = 0;
  await tell([event]);
  await pipeline[Symbol.asyncDispose]();
  pipeline = await start();
  await tell([{ ...event, id: 'p2' }]);
  assert.equal(entities.length, 2);
  for (const { workload, image, node } of entities)
    assert.deepEqual(
      { workload, image, node },
      { workload: 'shop-front-2024', image: 'registry.example/proxy:2', node: 'node-1' },
    );
});

test("the cluster's own Events are counted, not repeated", async () => {
  const told = (times: number) => ({
    ...{
      kind: 'cluster.event.reported',
      time,
      uid: 'e1',
      namespace: 'shop',
      type: 'Warning',
      reason: 'BackOff',
    },
    ...{ message: `Back-off \u0000 restarting`, object: { kind: 'Pod', name: 'web-1' }, count: times },
  });
  await tell([told(1), told(4)]);
  await tell([told(3)]);
  const [event, ...others] = await listClusterEvents(port.database.db, 'prod', { reason: 'BackOff' });
  assert.equal(event?.count, 4);
  assert.equal(others.length, 0);
});

test('beyond the bound what is known stays and is told, what is new is counted, and what is gone makes way first', async () => {
  const many = (from: number, to: number): InventoryRecord[] =>
    Array.from({ length: to - from }, (_, at) => pod(`many-${from + at}`, { namespace: 'many' }));
  const other = await port.agent('node-of-many', { cluster: 'many' });
  const lost = async (): Promise<number> =>
    (await readLosses(port.database.db, 'cluster')).get('many')?.lossTotal ?? 0;
  await tell(many(0, 90), other);
  await tell([...many(0, 30), ...many(90, 120)], other);
  assert.equal((await names('many')).length, 100);
  assert.equal(await lost(), 20);
  await tell([listed('g1', 120)], other);
  const [told] = await countObjects(port.database.db, 'many');
  assert.match(told?.message ?? '', /100 of 120 objects arrived/);
  const gone = many(0, 10).map(({ kind: _, ...record }) => ({ ...record, kind: 'object.removed' }));
  await tell(gone, other);
  await tell(many(200, 205), other);
  assert.deepEqual([(await names('many')).length, await lost()], [95, 20]);
});
