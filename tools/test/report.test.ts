// The last line says what happened, and the exit code agrees with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exitCodeOf, fileLines, skippedLines, sumLine, table } from './report.ts';
import { type TestResult, tally } from './test-result.ts';

const one = (outcome: TestResult['outcome'], name: string, reason?: string): TestResult => ({
  file: 'kit/x.test.ts',
  name,
  outcome,
  durationMs: 1,
  ...(reason === undefined ? {} : { reason }),
});
const results = [one('passed', 'a'), one('failed', 'b', 'boom'), one('skipped', 'c', 'no root')];

test('the sum counts every outcome', () => {
  assert.equal(sumLine(tally(results)), '1 passed, 1 failed, 1 skipped');
});

test('a failure, and no test at all, are no success', () => {
  assert.equal(exitCodeOf({ passed: 3, failed: 0, skipped: 9 }), 0);
  assert.equal(exitCodeOf({ passed: 3, failed: 1, skipped: 0 }), 1);
  assert.equal(exitCodeOf({ passed: 0, failed: 0, skipped: 9 }), 1);
});

test('a failing file shows what failed and how; a skip shows its reason once', () => {
  assert.deepEqual(fileLines('kit/x.test.ts', results), [
    '  ✗ kit/x.test.ts: 1 passed, 1 FAILED, 1 skipped',
    '    ✗ b',
    '      boom',
  ]);
  assert.deepEqual(skippedLines([...results, one('skipped', 'd', 'no root')]), [
    '  skipped: no root',
    '    - kit/x.test.ts: c',
    '    - kit/x.test.ts: d',
  ]);
});

test('the table has a line a tier', () => {
  const lines = table([{ name: 'unit', what: 'pure', results, durationMs: 1500 }]);
  assert.equal(lines[1], 'unit                1        1        1    1.5 s');
});
