// Losses as sentences.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LossCounter, lossStages } from '@yagura/contracts';
import { lossText, realLosses } from './loss-text.ts';

const loss = (part: Partial<LossCounter>): LossCounter => ({
  ...{ stage: 'spool', kind: 'process.started', count: 1204, since: '2026-11-24T04:00:00Z' },
  ...part,
});

test('how many, of which kind, where, since when and why', () => {
  assert.match(
    lossText(loss({ reason: 'the oldest went' })),
    /^1,204 events of kind process\.started lost in the spool since 2026-11-2\d \d\d:00:00 \(the oldest went\)$/,
  );
  assert.match(lossText(loss({ count: 1 })), /^1 event of kind/);
  assert.match(lossText(loss({ reason: 'not-an-audit-event' })), /\(not an audit event\)$/);
});

test('where only the times are known, it does not say that they are events', () => {
  assert.match(
    lossText(loss({ count: 2, kind: 'api.requested', reason: 'the hub was away (times)' })),
    /^Events of kind api\.requested may be missing, 2 times since [\d: -]+ \(the hub was away\)$/,
  );
});

test('every stage of the contract has words, and a stage from a newer node has its name', () => {
  for (const stage of lossStages) assert.doesNotMatch(lossText(loss({ stage })), /at stage/, stage);
  assert.match(lossText(loss({ stage: 'io-uring' })), /lost at stage io-uring since/);
});

test('counters at zero are no losses; the largest comes first', () => {
  const counts = realLosses([loss({ count: 0 }), loss({ count: 1 }), loss({ count: 7 })]).map(
    ({ count }) => count,
  );
  assert.deepEqual(counts, [7, 1]);
});
