// What a destination is told, and what it is spared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summary } from '../testing/draft.ts';
import { createChoose, type Told } from './choose-change.ts';
import { readRetryAfter } from './post.ts';

const hourMs = 3_600_000;
const told = (status: 'open' | 'closed', sentAt = 0): Told => ({ status, messages: 1, sentAt });

test('a change is what the destination does not know yet', () => {
  const choose = createChoose({});
  assert.deepEqual(choose(summary(), undefined, 0), { change: 'raised', isSent: true });
  assert.deepEqual(choose(summary(), told('closed'), 0), { change: 'reopened', isSent: true });
  assert.deepEqual(choose(summary({ status: 'closed' }), told('open'), 0), {
    change: 'closed',
    isSent: true,
  });
  assert.equal(choose(summary({ status: 'closed' }), undefined, 0), undefined);
  assert.equal(choose(summary(), told('open'), hourMs), undefined, 'counting is not asked for');
  assert.equal(choose(summary({ suppressedBy: 's' }), undefined, 0), undefined);
});

test('counting up is told at the most so often', () => {
  const choose = createChoose({ changes: ['counted'], countEveryMinutes: 60 });
  assert.deepEqual(choose(summary(), undefined, 0), { change: 'raised', isSent: false });
  assert.equal(choose(summary(), told('open', 1), hourMs), undefined);
  assert.deepEqual(choose(summary(), told('open', 0), hourMs), { change: 'counted', isSent: true });
});

test('the filter holds severity, clusters, namespaces and rules', () => {
  const alert = summary({
    severity: 'high',
    rule: 'exec-into-pod',
    entities: { cluster: 'prod-eu', namespace: 'shop' },
  });
  const passes = (filter: Parameters<typeof createChoose>[0]) =>
    createChoose(filter)(alert, undefined, 0) !== undefined;
  assert.ok(
    passes({ minSeverity: 'high', clusters: ['prod-*', 'x'], namespaces: ['shop'], rules: ['exec-*'] }),
  );
  assert.ok(!passes({ minSeverity: 'critical' }));
  assert.ok(!passes({ clusters: ['prod'] }));
  assert.ok(!passes({ namespaces: ['kube-*'] }));
});

test('Retry-After is seconds or a date, and bounded', () => {
  assert.equal(readRetryAfter('7', 0), 7_000);
  assert.equal(readRetryAfter('Thu, 01 Jan 1970 00:00:09 GMT', 4_000), 5_000);
  assert.equal(readRetryAfter('999999999', 0), hourMs);
  assert.equal(readRetryAfter('soon', 0), undefined);
  assert.equal(readRetryAfter(undefined, 0), undefined);
});
