// A short run of every fuzz target, the same each time; `npm run fuzz` runs as many inputs as one likes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FuzzTarget } from './fuzz-target.ts';
import { runFuzz } from './run-fuzz.ts';
import { targets } from './targets/index.ts';

/** Far more than an input may take when it is run alone: tests share the machine. */
const limitMs = 2_000;

for (const [name, target] of Object.entries(targets))
  test(`${name}: 300 mutated inputs neither crash nor hang`, async () => {
    const { findings, outcomes } = await runFuzz(target, { count: 300, seed: 1, limitMs });
    assert.deepEqual(findings, []);
    assert.ok(Object.keys(outcomes).length > 1, 'all inputs ended alike: the mutations reach nothing');
  });

test('a crash and a hang are found, and an input is the same for the same seed', async () => {
  const seen: string[] = [];
  const target: FuzzTarget = {
    describe: '',
    seeds: async () => ['one two three'],
    words: ['boom'],
    longest: 100,
    run: (text) => {
      seen.push(text);
      if (text.includes('boom')) throw new Error('found');
      return 'fine';
    },
  };
  const first = await runFuzz(target, { count: 200, seed: 7, limitMs });
  const inputs = seen.splice(0);
  await runFuzz(target, { count: 200, seed: 7, limitMs });
  assert.deepEqual(seen, inputs);
  assert.match(first.findings[0]?.what ?? '', /threw Error: found/);
  const slow = await runFuzz({ ...target, run: () => 'fine' }, { count: 1, seed: 7, limitMs: -1 });
  assert.match(slow.findings[0]?.what ?? '', /took \d+ ms/);
});
