// Nodes, their state, and their losses in a real PostgreSQL.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Heartbeat, LossCounter } from '@yagura/contracts';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { enrolAgent } from './agents.ts';
import { recordAgentTraffic, recordHeartbeat } from './contacts.ts';
import { mergeLosses, readLosses } from './losses.ts';
import { listNodes, offlineAfterMs, revokeNode } from './nodes.ts';
import { createRegistrationToken } from './registration-tokens.ts';
import { ensureWorkspace } from './workspace.ts';

let fixture: TestDatabase;
before(async () => {
  fixture = await startTestDatabase();
});
after(() => fixture[Symbol.asyncDispose]());

const now = Date.now();
const dayMs = 86_400_000;
let serial = 0;

async function enrol(name: string): Promise<string> {
  const { token } = await createRegistrationToken(fixture.db, { createdBy: 'test', now });
  const issue = async () => ({ serial: `S${serial++}`, notAfter: new Date(now + 30 * dayMs) });
  const enrolled = await enrolAgent(fixture.db, { token, role: 'node', name, now, issue });
  assert.ok(enrolled.is === 'taken');
  return enrolled.agentId;
}
const node = async (id: string, at = now) => (await listNodes(fixture.db, at)).find((each) => each.id === id);
const heartbeat = (over: Partial<Heartbeat> = {}): Heartbeat => ({
  time: new Date(now).toISOString(),
  components: [],
  losses: [],
  ...over,
});

test('the workspace is named once', async () => {
  const name = await ensureWorkspace(fixture.db);
  assert.match(name, /^w-[0-9a-f]{12}$/);
  assert.equal(await ensureWorkspace(fixture.db), name);
});

test("a node's state follows from its last contact and its certificate", async () => {
  const id = await enrol('states');
  assert.equal((await node(id))?.state, 'connecting');
  await recordHeartbeat(fixture.db, { agentId: id, heartbeat: heartbeat(), now: now + 1000 });
  assert.equal((await node(id, now + 2000))?.state, 'connected');
  assert.equal((await node(id, now + 1001 + offlineAfterMs))?.state, 'offline');
  await recordAgentTraffic(fixture.db, [{ name: id, lastAt: now + 70_000, events: 5 }]);
  await recordAgentTraffic(fixture.db, [{ name: id, lastAt: now + 60_000, events: 2 }]);
  const seen = await node(id, now + 71_000);
  assert.equal(seen?.state, 'connected');
  assert.equal(seen.eventsTotal, 7);
  assert.equal((await node(id, now + 30 * dayMs))?.state, 'expired');
  assert.equal((await revokeNode(fixture.db, id, now))?.state, 'revoked');
  assert.equal(await revokeNode(fixture.db, 'no-such', now), undefined);
});

test('what a node says of itself is kept as it said it last, NUL and all', async () => {
  const id = await enrol('talkative');
  const component = { name: 'collector', version: '1', startedAt: '2026-01-01T00:00:00Z', healthy: false };
  await recordHeartbeat(fixture.db, {
    agentId: id,
    now,
    heartbeat: heartbeat({
      kernel: '6.1\0',
      components: [{ ...component, message: 'broken \0 \ud800' }],
      spool: { bytes: 1, limitBytes: 2, events: 3 },
    }),
  });
  const seen = await node(id);
  assert.equal(seen?.kernel, '6.1\uFFFD');
  assert.equal(seen.components[0]?.message, 'broken \0 \ud800');
  assert.deepEqual(seen.spool, { bytes: 1, limitBytes: 2, events: 3 });
  await recordHeartbeat(fixture.db, { agentId: id, now, heartbeat: heartbeat() });
  assert.equal((await node(id))?.spool, undefined);
});

const counter = (count: number, since: string, over: Partial<LossCounter> = {}): LossCounter => ({
  ...{ stage: 'spool', kind: 'process.started', count, since },
  ...over,
});

test('loss counters add up over restarts of who counts, and repeats do no harm', async () => {
  const [first, second] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'];
  const totals: [LossCounter[], number][] = [
    [[counter(5, first)], 5],
    [[counter(5, first)], 5],
    [[counter(8, first)], 8],
    [[counter(2, second)], 10],
    [[counter(7, first)], 10],
    [[counter(3, second), counter(4, second)], 12],
    [[counter(1, second, { reason: 'full' })], 13],
    [[counter(9, 'not a time', { kind: 'odd \0' })], 22],
    [[], 22],
  ];
  for (const [counters, total] of totals) {
    await mergeLosses(fixture.db, 'agent:losing', counters);
    assert.equal((await readLosses(fixture.db, 'agent')).get('losing')?.lossTotal, total);
  }
  const summary = (await readLosses(fixture.db, 'agent')).get('losing');
  const spool = summary?.losses.find(({ kind, reason }) => kind === 'process.started' && !reason);
  assert.deepEqual([spool?.count, spool?.since], [12, '2026-01-01T00:00:00Z']);
});

test('an owner that makes up names fills its own bound and nothing else', async () => {
  const since = '2026-01-01T00:00:00Z';
  for (let round = 0; round < 4; round++) {
    const counters = Array.from({ length: 512 }, (_, n) => counter(1, since, { kind: `k${round}-${n}` }));
    await mergeLosses(fixture.db, 'agent:inventive', counters);
  }
  const kinds = (await readLosses(fixture.db, 'agent')).get('inventive')?.losses.length ?? 0;
  assert.ok(kinds >= 1000 && kinds < 1600, `${kinds} counters`);
  await mergeLosses(fixture.db, 'agent:inventive', [counter(50, since, { kind: 'k0-0' })]);
  const summary = (await readLosses(fixture.db, 'agent')).get('inventive');
  assert.equal(summary?.losses[0]?.count, 50, 'known counters still count');
});
