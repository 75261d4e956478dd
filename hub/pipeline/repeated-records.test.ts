// Audit records that are delivered again, as Event Hubs, Pub/Sub and overlapping queries do: counted once, near no threshold.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { zstdCompressSync } from 'node:zlib';
import { parseAuditBody } from '@yagura/connector-kubernetes';
import { createEngine, loadRules } from '@yagura/detection';
import { createLogger, createMetrics, systemClock } from '@yagura/kit';
import { openEventLog } from '../event-log/open-event-log.ts';
import { isDataRefused } from '../store/data-refused.ts';
import { startPipeline } from './start-pipeline.ts';

const rule = (id: string, memory: string): string => `- rule: ${id}
  id: ${id}
  source: k8s_audit
  condition: ka.target.resource = secrets
  output: secret
  priority: INFO
  ${memory}
`;
const { rules, problems } = loadRules([
  { path: 'each.yaml', text: rule('each', 'desc: each read') },
  { path: 'many.yaml', text: rule('many', 'threshold: { count: 4, within: 1h, by: ka.user.name }') },
]);
const log = createLogger({ name: 'test', level: 'silent' });
const folder = await mkdtemp(join(tmpdir(), 'yagura-repeated-'));
after(() => rm(folder, { recursive: true }));

/** All with one audit id, as a client may choose it. */
const record = (second: number): object => ({
  ...{
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    stage: 'ResponseComplete',
    auditID: 'mine',
    verb: 'get',
  },
  user: { username: 'alice' },
  objectRef: { resource: 'secrets', namespace: 'shop', name: `s${second}` },
  requestReceivedTimestamp: `2026-05-04T10:00:0${second}.000000Z`,
  stageTimestamp: `2026-05-04T10:00:0${second}.001000Z`,
});

test('blocks that repeat records of earlier ones', async () => {
  assert.deepEqual(problems, []);
  using eventLog = openEventLog({ dir: join(folder, 'log'), limitBytes: 1e8, clock: systemClock, log });
  const seen: string[] = [];
  await using pipeline = startPipeline({
    ...{ eventLog, engine: createEngine(rules), isRefusal: isDataRefused, clock: systemClock, log },
    record: async (occurrences) => {
      seen.push(...occurrences.map(({ alert, eventId }) => `${alert.rule} ${eventId}`));
      return [];
    },
    onAlerts: () => {},
    saveMemory: async () => {},
    metrics: createMetrics('test'),
  });
  const send = async (id: string, ...seconds: readonly number[]): Promise<void> => {
    const body = seconds.map((second) => JSON.stringify(record(second))).join('\n');
    const { events } = parseAuditBody(body, { cluster: 'c' });
    const payload = zstdCompressSync(events.map((event) => JSON.stringify(event)).join('\n'));
    const kinds = { 'api.requested': events.length };
    eventLog.append({ id, lines: events.length, kinds, origin: { cluster: 'c' }, encoding: 'zstd', payload });
    for (let waited = 0; eventLog.stats().blocks > 0; waited += 5) {
      assert.ok(waited < 10_000, 'the block is analysed');
      await sleep(5);
    }
  };
  const told = (id: string): readonly string[] => seen.filter((each) => each.startsWith(`${id} `));
  await send('first', 1, 2, 3);
  await send('again', 1, 2, 3, 3, 2, 1);
  assert.deepEqual(told('many'), [], 'three requests are not four, however often they are told');
  assert.equal(new Set(told('each')).size, 3, 'the store keeps an occurrence by its id');
  await send('fourth', 3, 4);
  assert.ok(told('many').length > 0);
  assert.equal(pipeline.status().healthy, true);
});
