// The pipeline on a real event log: order, retries, poison, and how soon it wakes.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { zstdCompressSync } from 'node:zlib';
import { createEngine, loadRules } from '@yagura/detection';
import { createLogger, createMetrics, systemClock } from '@yagura/kit';
import { encodeBody } from '../event-log/block-body.ts';
import type { EventLog } from '../event-log/event-log.ts';
import { openEventLog } from '../event-log/open-event-log.ts';
import { processEvent } from '../ingest/testing.ts';
import type { Occurrence } from '../store/alerts.ts';
import { isDataRefused } from '../store/data-refused.ts';
import { analyseBlock } from './analyse-block.ts';
import { type PipelineOptions, startPipeline } from './start-pipeline.ts';

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
const loaded = loadRules([{ path: 'any.yaml', text: rule }]);
const engine = createEngine(loaded.rules);
const log = createLogger({ name: 'test', level: 'silent' });

let folder: string;
let logs = 0;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yagura-pipeline-'));
});
after(() => rm(folder, { recursive: true }));

const openLog = (): EventLog & Disposable =>
  openEventLog({ dir: join(folder, `log-${logs++}`), limitBytes: 1e8, clock: systemClock, log });

const put = (eventLog: EventLog, id: string, ...lines: string[]): void => {
  const payload = zstdCompressSync(lines.join('\n'));
  const kinds = { 'process.started': lines.length };
  const origin = { node: 'real-node', cluster: 'real-cluster' };
  eventLog.append({ id, lines: lines.length, kinds, origin, encoding: 'zstd', payload });
};
const line = (id: string): string =>
  JSON.stringify({ ...processEvent(id), node: 'claimed', cluster: 'claimed' });

const start = (eventLog: EventLog, record: PipelineOptions['record']) =>
  startPipeline({
    ...{ eventLog, engine, record, isRefusal: isDataRefused, clock: systemClock, log },
    onAlerts: () => {},
    saveMemory: async () => {},
    metrics: createMetrics('test'),
  });
async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !isSo(); waited += 5) {
    assert.ok(waited < 5_000, what);
    await sleep(5);
  }
}

test('the rule of this test loads', () => assert.deepEqual(loaded.problems, []));

test('events are analysed within tens of milliseconds of their append, and bear the names of their sender', async () => {
  using eventLog = openLog();
  const seen: { occurrence: Occurrence; at: number }[] = [];
  await using pipeline = start(eventLog, async (occurrences) => {
    for (const occurrence of occurrences) seen.push({ occurrence, at: performance.now() });
    return [];
  });
  const delays: number[] = [];
  for (let number = 0; number < 20; number++) {
    await sleep(2);
    const appendedAt = performance.now();
    put(eventLog, `b${number}`, line(`e${number}`));
    await until(() => seen.length > number, `event ${number}`);
    delays.push((seen[number]?.at ?? 0) - appendedAt);
  }
  delays.sort((a, b) => a - b);
  assert.ok((delays[10] ?? 1e9) < 50, `median ${delays[10]} ms`);
  const { alert, eventId } = seen[0]?.occurrence ?? assert.fail();
  assert.equal(eventId, 'real-node/e0');
  assert.equal(alert.entities.node, 'real-node');
  assert.equal(alert.entities.cluster, 'real-cluster');
  await until(() => eventLog.stats().blocks === 0, 'blocks are removed');
  assert.equal(pipeline.status().eventsTotal, 20);
  assert.equal(pipeline.status().lagMs, 0);
});

test('a database that is away stops nothing for good: the block stays, the condition says why, then all is recorded', async () => {
  using eventLog = openLog();
  let isAway = true;
  const recorded: string[] = [];
  await using pipeline = start(eventLog, async (occurrences) => {
    if (isAway) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    recorded.push(...occurrences.map(({ eventId }) => eventId));
    return [];
  });
  put(eventLog, 'b', line('e1'), line('e2'));
  await until(() => !pipeline.status().healthy, 'it says that it waits');
  assert.match(pipeline.status().message ?? '', /ECONNREFUSED/);
  assert.equal(eventLog.stats().blocks, 1);
  assert.ok(pipeline.status().lagMs >= 0);
  isAway = false;
  await until(() => pipeline.status().healthy && eventLog.stats().blocks === 0, 'it goes on');
  assert.deepEqual(recorded, ['real-node/e1', 'real-node/e2']);
});

test('what cannot be read, or stored, costs only itself', async () => {
  using eventLog = openLog();
  const recorded: string[] = [];
  await using pipeline = start(eventLog, async (occurrences) => {
    if (occurrences.some(({ eventId }) => eventId.endsWith('poison')))
      throw Object.assign(new Error('invalid input'), { code: '22P05' });
    recorded.push(...occurrences.map(({ eventId }) => eventId));
    return [];
  });
  put(eventLog, 'bad lines', '{"kind":', 'null', '{}', '{"kind":"process.started"}', line('a'));
  eventLog.append({
    ...{ id: 'not zstd', lines: 3, kinds: {}, origin: {}, encoding: 'zstd' },
    payload: Buffer.from('nonsense'),
  });
  put(eventLog, 'poison', line('b'), line('poison'), line('c'));
  await until(() => eventLog.stats().blocks === 0, 'the log is empty');
  assert.deepEqual(recorded.sort(), ['real-node/a', 'real-node/b', 'real-node/c']);
  assert.ok(pipeline.status().healthy);
});

test('a block with thousands of matches is recorded in bounded parts, one draft for each alert', async () => {
  using eventLog = openLog();
  const sizes: number[] = [];
  await using _ = start(eventLog, async (occurrences) => {
    sizes.push(occurrences.length);
    assert.equal(new Set(occurrences.map(({ alert }) => alert.event)).size, 1);
    return [];
  });
  put(eventLog, 'b', ...Array.from({ length: 2_500 }, (_, n) => line(`e${n}`)));
  await until(() => eventLog.stats().blocks === 0, 'the log is empty');
  assert.deepEqual(sizes, [1000, 1000, 500]);
});

test('a large block leaves the event loop its turns', async () => {
  const body = encodeBody({
    origin: {},
    encoding: 'identity',
    payload: Buffer.from(Array.from({ length: 4_000 }, (_, n) => line(`e${n}`)).join('\n')),
  });
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const block = { seq: 1, id: 'b', lines: 4_000, kinds: {}, at: 0, body };
  const analysis = await analyseBlock(block, { engine, onOccurrence: () => undefined, sliceMs: 2 });
  clearInterval(timer);
  assert.deepEqual(analysis, { events: 4_000, ruledOut: 0, unreadable: 0 });
  assert.ok(turns > 3, `${turns} turns`);
});

test('the log is closed to other users of the machine', async () => {
  const dir = join(folder, 'private');
  using eventLog = openEventLog({ dir, limitBytes: 1e6, clock: systemClock, log });
  put(eventLog, 'b', line('e'));
  assert.equal((await stat(dir)).mode & 0o777, 0o700);
  for (const name of await readdir(dir))
    assert.equal((await stat(join(dir, name))).mode & 0o777, 0o600, name);
});

const burst = loadRules([
  {
    path: 'burst.yaml',
    text: `${rule.replaceAll('any-process', 'burst')}  threshold: { count: 3, within: 1h, by: [container.id] }\n`,
  },
]);

test('what a rule counted is not lost while the database is away, and its block goes once the memory is saved', async () => {
  using eventLog = openLog();
  let tries = 0;
  const recorded: string[] = [];
  const places: number[] = [];
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  await using pipeline = startPipeline({
    ...{ eventLog, isRefusal: isDataRefused, clock: systemClock, log, onAlerts: () => {} },
    engine: createEngine(burst.rules),
    record: async (occurrences) => {
      tries += 1;
      if (tries < 3) throw away;
      recorded.push(...occurrences.map(({ alert }) => alert.rule));
      return [];
    },
    saveMemory: async (parts, { seq, log: made }) => {
      if (places.push(seq) === 1) throw away;
      assert.equal(parts.length, 1);
      assert.equal(made, eventLog.stats().droppedSince);
      assert.equal(eventLog.stats().blocks, 1, 'the block is there until then');
    },
    metrics: createMetrics('test'),
  });
  put(eventLog, 'b', line('e1'), line('e2'), line('e3'));
  await until(() => eventLog.stats().blocks === 0, 'the block goes in the end');
  assert.deepEqual(recorded, ['burst']);
  assert.deepEqual(places, [1, 1]);
  assert.equal(pipeline.status().pendingEvents, 0);
});

test('another engine takes over between two blocks and keeps what is remembered', async () => {
  using eventLog = openLog();
  const recorded: string[] = [];
  await using pipeline = startPipeline({
    ...{ eventLog, isRefusal: isDataRefused, clock: systemClock, log, onAlerts: () => {} },
    engine: createEngine(burst.rules),
    record: async (occurrences) => {
      recorded.push(...occurrences.map(({ alert }) => alert.rule));
      return [];
    },
    saveMemory: async () => {},
    metrics: createMetrics('test'),
  });
  put(eventLog, 'b1', line('e1'), line('e2'));
  await until(() => pipeline.status().eventsTotal === 2, 'the first block');
  await assert.rejects(
    pipeline.exchange(() => {
      throw new Error('broken');
    }),
    /broken/,
  );
  await pipeline.exchange(({ state }) => createEngine([...burst.rules, ...loaded.rules], { state }));
  put(eventLog, 'b2', line('e3'));
  await until(() => pipeline.status().eventsTotal === 3, 'the second block');
  assert.deepEqual(recorded, ['burst', 'any-process']);
});
