// One occurrence that cannot be stored must not take the others with it, nor stop the pipeline.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Occurrence } from '../store/alerts.ts';
import { draft } from '../testing/draft.ts';
import { recordOccurrences } from './record-occurrences.ts';

const occurrences = Array.from({ length: 100 }, (_, n): Occurrence => ({ alert: draft(), eventId: `e${n}` }));
const poison = new Set(['e13', 'e77']);

test('poison is found and left out, everything else is recorded once', async () => {
  const recorded: string[] = [];
  const record = async (some: readonly Occurrence[]) => {
    if (some.some(({ eventId }) => poison.has(eventId))) throw new RangeError('cannot store');
    recorded.push(...some.map(({ eventId }) => eventId));
    return [];
  };
  const { refused } = await recordOccurrences(record, occurrences, (error) => error instanceof RangeError);
  assert.deepEqual(
    refused.map(({ occurrence }) => occurrence.eventId),
    [...poison],
  );
  assert.equal(recorded.length, 98);
  assert.equal(new Set(recorded).size, 98);
});

test('any other error is thrown at once, for the whole to be tried again', async () => {
  let calls = 0;
  const record = async (): Promise<never> => {
    calls += 1;
    throw new Error('server is gone');
  };
  await assert.rejects(
    recordOccurrences(record, occurrences, () => false),
    /gone/,
  );
  assert.equal(calls, 1);
});
