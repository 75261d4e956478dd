// Fifty thousand events through the pipeline into a real PostgreSQL, with the pipeline killed and started again midway.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { zstdCompressSync } from 'node:zlib';
import { createEngine, loadRules } from '@yagura/detection';
import { createMetrics, systemClock } from '@yagura/kit';
import { openEventLog } from '../event-log/open-event-log.ts';
import { processEvent } from '../ingest/testing.ts';
import { recordAlerts } from '../store/alerts.ts';
import { isDataRefused } from '../store/data-refused.ts';
import { silent } from '../testing/test-agents-port.ts';
import { startTestDatabase } from '../testing/test-database.ts';
import { startPipeline } from './start-pipeline.ts';

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
const [events, perContainer, perBlock] = [50_000, 100, 500];

const line = (number: number): string =>
  JSON.stringify({
    ...processEvent(`numbered-${number}`),
    container: {
      id: String(Math.floor(number / perContainer))
        .padStart(12, '0')
        .padEnd(64, '0'),
    },
  });

test('each event counts once in one alert, though the pipeline ends between recording and removing', async () => {
  await using database = await startTestDatabase();
  const { db, folder } = database;
  const engine = createEngine(loadRules([{ path: 'any.yaml', text: rule }]).rules);
  using eventLog = openEventLog({
    ...{ dir: join(folder, 'event-log'), limitBytes: 1e9, clock: systemClock, log: silent },
  });
  for (let from = 0; from < events; from += perBlock) {
    const payload = zstdCompressSync(
      Array.from({ length: perBlock }, (_, offset) => line(from + offset)).join('\n'),
    );
    const head = { id: `b${from}`, lines: perBlock, kinds: { 'process.started': perBlock } };
    eventLog.append({ ...head, origin: { node: 'n' }, encoding: 'zstd', payload });
  }
  let removals = 0;
  let raised = 0;
  const start = (remove: (seq: number) => void) =>
    startPipeline({
      eventLog: { ...eventLog, remove },
      ...{ engine, isRefusal: isDataRefused, clock: systemClock, log: silent },
      record: (occurrences) => recordAlerts(db, occurrences),
      saveMemory: async () => {},
      onAlerts: (changes) => {
        raised += changes.filter(({ kind }) => kind === 'raised').length;
      },
      metrics: createMetrics('test'),
    });
  // As a crash would have it: recorded, but never removed.
  const killed = start((seq) => {
    removals += 1;
    if (removals > 1) throw new Error('killed here');
    eventLog.remove(seq);
  });
  while (removals < 2) await sleep(5);
  await killed[Symbol.asyncDispose]();
  const left = eventLog.stats().lines;
  assert.ok(left > 0 && left < events, `${left} lines wait`);

  await using _second = start(eventLog.remove);
  while (eventLog.stats().blocks > 0) await sleep(20);
  const alerts = await db.selectFrom('alerts').select(['id', 'count']).execute();
  assert.equal(alerts.length, events / perContainer);
  assert.deepEqual(
    alerts.filter(({ count }) => count !== perContainer),
    [],
  );
  assert.equal(raised, alerts.length, 'each was announced as new once');
});
