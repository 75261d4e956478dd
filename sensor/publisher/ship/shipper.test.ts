// Answers of a real HTTPS hub that refuse a batch: waiting, halving, giving up on what is hopeless.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBench, event, events } from '../testing/bench.ts';

test('Retry-After is kept to', async (t) => {
  const { hub, start, sender, arrived } = await createBench(t);
  await start().ready;
  let refusedAt = 0;
  hub.refuse = () => {
    if (refusedAt > 0) return undefined;
    refusedAt = Date.now();
    return { status: 429, headers: { 'retry-after': '1' } };
  };
  sender.send(event(0), 'process.started');
  await arrived(1);
  assert.ok((hub.batches[0]?.at ?? 0) - refusedAt >= 990);
});

test('a batch that is too large is halved until it fits; a line that never fits is lost and counted', async (t) => {
  const { hub, start, sender, arrived } = await createBench(t);
  hub.refuse = ({ lines }) => (lines.length > 60 || lines.includes(event(150)) ? { status: 413 } : undefined);
  await start().ready;
  for (const line of events(0, 400)) sender.send(line, 'process.started');
  await arrived(399);
  assert.deepEqual(
    hub.lines,
    events(0, 400).filter((line) => line !== event(150)),
  );
  await t.waitFor(() => {
    const losses = hub.heartbeats
      .at(-1)
      ?.losses.map(({ stage, kind, reason, count }) => [stage, kind, reason, count]);
    assert.deepEqual(losses, [['ingest', 'process.started', 'batch refused', 1]]);
  });
});

test('a bad block does not block the others for ever: it alone is lost and counted', async (t) => {
  const { hub, start, sender, arrived } = await createBench(t);
  hub.refuse = () => ({ status: 503, headers: { 'retry-after': '0' } });
  await start().ready;
  for (let block = 0; block < 8; block++) {
    for (const line of events(block * 10, block * 10 + 10)) sender.send(line, 'process.started');
    await sender.flush();
  }
  hub.refuse = ({ lines }) => (lines.includes(event(35)) ? { status: 400 } : undefined);
  await arrived(70);
  assert.deepEqual(hub.lines, [...events(0, 30), ...events(40, 80)]);
  await t.waitFor(() => assert.equal(hub.heartbeats.at(-1)?.losses[0]?.count, 10));
});
