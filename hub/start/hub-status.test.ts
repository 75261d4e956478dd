// The hub's own state: what is wrong, since when, and whether it matters.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHubStatus, type HubStatusOptions } from './hub-status.ts';

const stats = {
  bytes: 10,
  limitBytes: 1000,
  blocks: 1,
  lines: 3,
  dropped: { a: 1, b: 2 },
  droppedSince: 0,
  corruptions: 0,
};
const pipeline = { eventsTotal: 5, alertsTotal: 1, lagMs: 1.4, pendingEvents: 3, healthy: true, since: 0 };

function status(over: Partial<HubStatusOptions> = {}) {
  const time = { now: Date.parse('2026-01-01T00:00:00Z') };
  const source = createHubStatus({
    version: '1.0.0',
    workspace: 'w',
    clock: { now: () => time.now },
    pingDatabase: async () => undefined,
    eventLog: { stats: () => stats },
    pipeline: () => pipeline,
    ruleProblems: () => [],
    exports: () => ({ name: 'exports', healthy: true }),
    auditLogs: async () => ({ name: 'audit-logs', healthy: true }),
    ...over,
  });
  return { source, time };
}

test('a healthy hub has nothing failing', async () => {
  const { source } = status();
  assert.deepEqual(await source.failing(), []);
  const read = await source.read();
  assert.deepEqual(read.eventLog, { bytes: 10, limitBytes: 1000, pendingEvents: 3, dropped: 3 });
  assert.deepEqual(read.pipeline, { eventsTotal: 5, alertsTotal: 1, lagMs: 1 });
  assert.ok(read.conditions.every(({ healthy }) => healthy));
});

test('database, event log and pipeline fail the health check, a broken rule does not', async () => {
  const { source } = status({
    pingDatabase: async () => {
      throw new Error('connect ECONNREFUSED');
    },
    eventLog: { stats: () => ({ ...stats, bytes: 990 }) },
    pipeline: () => ({ ...pipeline, healthy: false, message: 'waits' }),
    ruleProblems: () => ['a.yaml:1:1: bad'],
  });
  assert.deepEqual(await source.failing(), ['database', 'event-log', 'pipeline']);
  const rules = (await source.read()).conditions.find(({ name }) => name === 'rules');
  assert.deepEqual([rules?.healthy, rules?.message], [false, 'a.yaml:1:1: bad']);
});

test('since tells when a condition turned, not when it was looked at', async () => {
  let isUp = true;
  const { source, time } = status({
    pingDatabase: async () => {
      if (!isUp) throw new Error('away');
    },
  });
  const since = async () => (await source.read()).conditions.find(({ name }) => name === 'database')?.since;
  const first = await since();
  time.now += 60_000;
  assert.equal(await since(), first);
  isUp = false;
  assert.equal(await since(), '2026-01-01T00:01:00.000Z');
  time.now += 60_000;
  assert.equal(await since(), '2026-01-01T00:01:00.000Z');
});
