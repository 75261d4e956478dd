// Metrics carry the program's prefix, and two registries do not disturb each other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMetrics } from './metrics.ts';

test('counter, gauge and histogram in the text format', async () => {
  const metrics = createMetrics('yagura_probe');
  createMetrics('yagura_probe').counter('events_total', 'Same name, other registry');
  metrics.counter('events_total', 'Events', ['kind']).inc({ kind: 'a' }, 3);
  metrics.gauge('bytes', 'Bytes').set(7);
  metrics.histogram('seconds', 'Seconds', { buckets: [1] }).observe(0.5);
  const text = await metrics.text();
  assert.match(text, /^yagura_probe_events_total\{kind="a"\} 3$/m);
  assert.match(text, /^yagura_probe_bytes 7$/m);
  assert.match(text, /^yagura_probe_seconds_bucket\{le="1"\} 1$/m);
});
