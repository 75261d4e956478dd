// Losses add up under bounded names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLossLedger } from './loss-ledger.ts';
import { countKinds, kindOfLine } from './spool/line-kind.ts';

test('counts are cumulative since the start; beyond the bound they are counted together', () => {
  const ledger = createLossLedger({ now: () => 0 });
  const loss = { stage: 'socket', kind: 'a', reason: 'line too long', count: 2 } as const;
  ledger.add(loss);
  ledger.add(loss);
  ledger.add({ ...loss, count: 0 });
  assert.deepEqual(ledger.counters(), [{ ...loss, count: 4, since: '1970-01-01T00:00:00.000Z' }]);
  for (let n = 0; n < 1000; n++) ledger.add({ ...loss, kind: `k${n}`, count: 1 });
  const counters = ledger.counters();
  assert.ok(counters.length <= 65);
  assert.equal(
    counters.reduce((sum, { count }) => sum + count, 0),
    1004,
  );
});

test('the kind of a line is found wherever it stands, and never fails', () => {
  assert.equal(kindOfLine('{"kind":"process.started","id":"x"}'), 'process.started');
  assert.equal(kindOfLine('{"id":"x","kind":"process.exited"}'), 'process.exited');
  assert.equal(kindOfLine(`{"kind":"${'k'.repeat(65)}"}`), 'unknown');
  for (const line of ['', 'null', '[]', '{"kind":7}', '{"kind', 'x'.repeat(1000)])
    assert.equal(kindOfLine(line), 'unknown');
  assert.deepEqual(countKinds(['{"kind":"a"}', 'x', '{"kind":"a"}']), { a: 2, unknown: 1 });
});
