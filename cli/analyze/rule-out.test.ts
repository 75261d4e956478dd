// Ruling records out by a glance changes no alert and no count, whatever the log holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAuditLines } from '@yagura/connector-kubernetes';
import { mutateRecord, sampleRecords } from '@yagura/connector-kubernetes/testing';
import { createRandom, type Random } from '@yagura/kit/testing';
import { loadEngine } from './load-engine.ts';
import { RecordReader } from './read-event.ts';

interface Outcome {
  readonly matches: string[];
  readonly skipped: Record<string, number>;
  events: number;
  ruledOut: number;
}

async function* chunksOf(bytes: Buffer, random: Random): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; ) {
    const end = start + 1 + random.below(40_000);
    yield bytes.subarray(start, end);
    start = end;
  }
}

async function outcomeOf(bytes: Buffer, random: Random, glances: boolean): Promise<Outcome> {
  const { engine } = await loadEngine({ builtin: true });
  const reader = new RecordReader('c');
  const outcome: Outcome = { matches: [], skipped: {}, events: 0, ruledOut: 0 };
  const isRuledOut = (glance: Parameters<typeof engine.mayMatch>[0]): boolean => {
    if (!glances || engine.mayMatch(glance, reader.cluster)) return false;
    outcome.ruledOut += 1;
    outcome.events += 1;
    return true;
  };
  for await (const pieces of readAuditLines(chunksOf(bytes, random), { isRuledOut })) {
    for (const piece of pieces) {
      const records = piece.ok ? reader.read(piece.value) : [piece];
      assert.ok(records !== 'needs-schemas' && records.length === 1);
      const [record] = records;
      assert.ok(record !== undefined && record.ok !== 'aside');
      if (record.ok) {
        outcome.events += 1;
        for (const { alertId, occurrenceId } of engine.evaluate(record.event))
          outcome.matches.push(`${alertId} ${occurrenceId}`);
      } else outcome.skipped[record.reason] = (outcome.skipped[record.reason] ?? 0) + 1;
    }
  }
  return outcome;
}

test('a mutated log gives the same with and without', async () => {
  const random = createRandom(5);
  const records = Array.from({ length: 4_000 }, () => mutateRecord(random.pick(sampleRecords), random));
  const bytes = Buffer.from(records.join('\n'));
  const [fast, whole] = [await outcomeOf(bytes, random, true), await outcomeOf(bytes, random, false)];
  assert.ok(fast.ruledOut > 500 && fast.matches.length > 500, JSON.stringify(fast));
  assert.deepEqual(fast.matches, whole.matches);
  // What is broken only inside a string that no rule asks for is counted as an event.
  const unseen = fast.events - whole.events;
  assert.ok(unseen >= 0 && unseen < 100, String(unseen));
  const notJson = (whole.skipped['not-json'] ?? 0) - unseen;
  assert.deepEqual(fast.skipped, { ...whole.skipped, 'not-json': notJson });
});
