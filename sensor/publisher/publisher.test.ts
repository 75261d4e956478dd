// The publisher against a real HTTPS hub: delivery, order, restarts, bounds and what it says about itself.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { batchHeaders } from '@yagura/contracts';
import { createBench, event, events } from './testing/bench.ts';

test('registers, then brings events in order, compressed and under an id of their own', async (t) => {
  const { hub, start, sender, arrived, settings } = await createBench(t);
  await start().ready;
  const sent = events(0, 3000);
  for (const line of sent) sender.send(line, 'process.started');
  await arrived(3000);
  assert.deepEqual(hub.lines, sent);
  assert.equal(new Set(hub.batches.map((batch) => batch.id)).size, hub.batches.length);
  for (const { headers, id } of hub.batches) {
    assert.equal(headers['content-encoding'], 'zstd');
    assert.equal(headers['content-type'], 'application/x-ndjson');
    assert.match(id, /^[\w.:-]{1,128}$/);
    assert.ok(Number(headers[batchHeaders.lines]) > 0);
  }
  assert.equal(statSync(join(settings.data, 'identity.json')).mode & 0o777, 0o600);
  assert.equal(hub.calls.filter((path) => path === '/v1/registrations').length, 1);
});

test('one event is at the hub within the linger', async (t) => {
  const { hub, start, sender, arrived } = await createBench(t);
  await start({ set: { lingerMs: 50 } }).ready;
  sender.send(event(0), 'process.started');
  await arrived(1);
  const sentAt = Date.now();
  sender.send(event(1), 'process.started');
  await arrived(2);
  const tookMs = (hub.batches.at(-1)?.at ?? 0) - sentAt;
  assert.ok(tookMs < 250, `${tookMs} ms`);
});

test('a hub that is away costs nothing: all arrives afterwards, in order', async (t) => {
  const { hub, start, sender, arrived } = await createBench(t);
  await start().ready;
  for (const line of events(0, 500)) sender.send(line, 'process.started');
  await arrived(500);
  await hub.stop();
  for (const line of events(500, 5000)) sender.send(line, 'process.started');
  await sender.flush();
  await hub.start();
  await arrived(5000);
  assert.deepEqual(hub.lines, events(0, 5000));
});

test('a publisher that starts before its hub takes events, and registers later', async (t) => {
  const { hub, start, sender, arrived } = await createBench(t);
  await hub.stop();
  const publisher = start();
  for (const line of events(0, 100)) sender.send(line, 'process.started');
  await sender.flush();
  await hub.start();
  await publisher.ready;
  await arrived(100);
  assert.deepEqual(hub.lines, events(0, 100));
});

test('what was spooled survives a restart and goes first', async (t) => {
  const { hub, start, sender, arrived } = await createBench(t);
  hub.refuse = () => ({ status: 503, headers: { 'retry-after': '0' } });
  const first = start();
  await first.ready;
  for (const line of events(0, 200)) sender.send(line, 'process.started');
  await sender.flush();
  await first.stop();
  hub.refuse = () => undefined;
  start({ readToken: () => undefined });
  for (const line of events(200, 300)) sender.send(line, 'process.started');
  await arrived(300);
  assert.deepEqual(hub.lines, events(0, 300));
  assert.equal(hub.calls.filter((path) => path === '/v1/registrations').length, 1);
});

test('a full spool drops the oldest, counts them and says so', async (t) => {
  const { hub, start, sender, arrived } = await createBench(t);
  hub.refuse = () => ({ status: 503, headers: { 'retry-after': '0' } });
  await start({ set: { spoolLimitBytes: 100_000 } }).ready;
  const noise = () => Buffer.from(crypto.getRandomValues(new Uint8Array(1500))).toString('base64');
  for (let n = 0; n < 500; n++) {
    sender.send(event(n, { noise: noise() }), 'process.started');
    if (n % 5 === 4) await sender.flush();
  }
  const spooled = await t.waitFor(() => {
    const beat = hub.heartbeats.at(-1);
    const lost = beat?.losses.find(({ stage }) => stage === 'spool')?.count ?? 0;
    assert.equal((beat?.spool?.events ?? 0) + lost, 500);
    assert.ok((beat?.spool?.bytes ?? 0) <= 100_000);
    return beat?.spool?.events ?? 0;
  });
  hub.refuse = () => undefined;
  await arrived(spooled);
  assert.equal(JSON.parse(hub.lines.at(-1) ?? '{}').id, 'e499');
});

const reportOf = (startedAt: string, losses: readonly object[] = []): string => {
  const component = { name: 'collector', version: '1', startedAt, healthy: true };
  return JSON.stringify({ kind: 'collector.reported', time: startedAt, component, losses });
};

test('a collector that ended without a word is counted at the hub before the next heartbeat is due', async (t) => {
  const { hub, start, sender } = await createBench(t);
  await start({ set: { heartbeatMs: 60_000 } }).ready;
  const isCounted = () => assert.equal(hub.heartbeats.at(-1)?.losses[0]?.stage, 'collector');
  sender.send(reportOf('2026-01-01T00:00:00Z'), 'collector.reported');
  await t.waitFor(() => assert.equal(hub.heartbeats.at(-1)?.components.length, 2), { timeout: 5000 });
  sender.send(reportOf('2026-01-01T00:01:00Z'), 'collector.reported');
  await t.waitFor(isCounted, { timeout: 5000 });
  assert.ok(hub.heartbeats.length <= 4, `${hub.heartbeats.length} heartbeats`);
});

test('heartbeats tell of the publisher, of the collector and of what each lost', async (t) => {
  const { hub, start, sender } = await createBench(t);
  await start().ready;
  const loss = { stage: 'ring-buffer', kind: 'process.started', count: 7, since: '2026-01-01T00:00:00Z' };
  sender.send(reportOf('2026-01-01T00:00:00Z', [loss]), 'collector.reported');
  sender.send(JSON.stringify({ kind: 'collector.reported', nonsense: true }), 'collector.reported');
  await t.waitFor(() => {
    const beat = hub.heartbeats.at(-1);
    assert.deepEqual(
      beat?.components.map(({ name, healthy }) => [name, healthy]),
      [
        ['publisher', true],
        ['collector', true],
      ],
    );
    assert.deepEqual(beat?.losses, [{ ...loss, since: beat?.losses[0]?.since }]);
    assert.deepEqual([beat?.kernel, beat?.os, beat?.components[0]?.rssBytes], ['k', 'o', 1]);
  });
  assert.deepEqual(hub.lines, []);
});
