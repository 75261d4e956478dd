// The hub is away for a minute under load: nothing is lost, the backlog drains, the spool keeps its bound.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Installation } from './installation/installation.ts';
import { waitUntil } from './installation/wait-until.ts';
import { sendNumberedEvents } from './numbered-stream.ts';

const rules = [fileURLToPath(new URL('./rules/', import.meta.url))];
const awayMs = 60_000;
const perTick = 4;
const events = 12_000;

test('a hub that is away for a minute under load costs delay, not events', async () => {
  await using installation = await Installation.start({ rules });
  const back = installation
    .stopHub()
    .then(() => new Promise((resolve) => setTimeout(resolve, awayMs)))
    .then(() => installation.startHub());
  await sendNumberedEvents({
    count: events,
    perContainer: 1000,
    socketPath: installation.socketPath,
    perTick,
  });
  await back;
  const alerts = await waitUntil(
    () => installation.hub.allAlerts({ rule: 'numbered-event' }),
    (seen) => seen.reduce((sum, alert) => sum + alert.count, 0) >= events,
    { what: 'the whole backlog', timeoutMs: 60_000 },
  );
  assert.equal(
    alerts.reduce((sum, alert) => sum + alert.count, 0),
    events,
  );

  const [node] = await waitUntil(
    () => installation.hub.nodes(),
    ([first]) => first?.spool?.events === 0,
    { what: 'a heartbeat with an empty spool', timeoutMs: 40_000 },
  );
  assert.ok(node?.spool && node.spool.bytes <= node.spool.limitBytes);
  assert.equal(node.lossTotal, 0);
});

test('a spool that is full drops the oldest and says how many', async () => {
  await using installation = await Installation.start({ rules, spoolBytes: 1024 * 1024 });
  await installation.stopHub();
  await sendNumberedEvents({
    count: events,
    perContainer: 1000,
    socketPath: installation.socketPath,
    ballastBytes: 300,
  });
  await installation.startHub();
  const [node] = await waitUntil(
    () => installation.hub.nodes(),
    ([first]) => first?.spool?.events === 0 && first.lossTotal > 0,
    { what: 'a heartbeat with the loss', timeoutMs: 60_000 },
  );
  const analysed = await waitUntil(
    () => installation.hub.allAlerts({ rule: 'numbered-event' }),
    (seen) => seen.reduce((sum, alert) => sum + alert.count, 0) + (node?.lossTotal ?? 0) >= events,
    { what: 'the events that were kept', timeoutMs: 30_000 },
  );
  const kept = analysed.reduce((sum, alert) => sum + alert.count, 0);
  assert.ok(kept < events, 'the spool did drop events');
  // A block that was under way when the spool dropped it is counted as lost though it arrived: never too few.
  assert.ok(
    kept + (node?.lossTotal ?? 0) >= events,
    'what was kept and what was lost account for every event',
  );
});
