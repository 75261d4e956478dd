// The figures that a simulation prints.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertSummary } from '@yagura/contracts';
import { AlertInbox } from './alert-inbox.ts';
import { median } from './run.ts';
import { scenarios } from './scenarios/index.ts';

test('median of an even, an odd and an empty list', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.equal(median([]), undefined);
});

test('scenario ids are unique and each expects something', () => {
  assert.equal(new Set(scenarios.map(({ id }) => id)).size, scenarios.length);
  for (const { id, expects } of scenarios) assert.ok(expects.length > 0, id);
});

test('an inbox keeps only alerts about its container and reports the first latency', async () => {
  const alert = (container: string, rule: string): AlertSummary =>
    ({ id: `${rule}-1`, rule, firstSeenAt: new Date(1000).toISOString(), entities: { container } }) as never;
  const pages = [[], [alert('other', 'drift')], [alert('other', 'drift'), alert('abc', 'drift')]];
  let now = 1000;
  const list = async (): Promise<readonly AlertSummary[]> => pages.shift() ?? [];
  const inbox = new AlertInbox({ container: 'abcdef', list, now: () => (now += 21) });
  const arrived = await inbox.waitFor(['drift'], 5000);
  assert.deepEqual(arrived, [{ rule: 'drift', alert: 'drift-1', latencyMs: 105 }]);
  assert.deepEqual(await inbox.waitFor(['never'], 0), []);
});
