// Kill -9 of every part in the middle of a stream: each event is analysed, and each alert exists once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Installation } from './installation/installation.ts';
import { waitUntil } from './installation/wait-until.ts';
import { sendNumberedEvents } from './numbered-stream.ts';

const rules = [fileURLToPath(new URL('./rules/', import.meta.url))];
const events = 50_000;
const perContainer = 100;

test('kill -9 of publisher, hub and PostgreSQL costs no event and doubles no alert', async () => {
  await using installation = await Installation.start({ rules });
  const kills = [
    { at: 10_000, does: () => installation.killPublisher().then(() => installation.startPublisher()) },
    { at: 20_000, does: () => installation.killHub().then(() => installation.startHub()) },
    { at: 30_000, does: () => installation.killPostgres() },
    { at: 40_000, does: () => installation.killPublisher().then(() => installation.startPublisher()) },
  ];
  await sendNumberedEvents({
    count: events,
    perContainer,
    socketPath: installation.socketPath,
    onProgress: async (sent) => {
      if (kills[0] && sent >= kills[0].at) await kills.shift()?.does();
    },
  });
  assert.equal(kills.length, 0, 'every kill happened');

  const alerts = await waitUntil(
    () => installation.hub.allAlerts({ rule: 'numbered-event' }),
    (seen) => seen.reduce((sum, alert) => sum + alert.count, 0) >= events,
    { what: 'the last event', timeoutMs: 120_000 },
  );
  assert.equal(alerts.length, events / perContainer, 'one alert per container');
  assert.deepEqual(
    alerts
      .filter((alert) => alert.count !== perContainer)
      .map(({ entities, count }) => ({ entities, count })),
    [],
    'each alert counts each of its events once',
  );
  assert.equal(new Set(alerts.map((alert) => alert.id)).size, alerts.length);
});
