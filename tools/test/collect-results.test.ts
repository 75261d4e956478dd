// Real files through the real node:test: every kind of ending is one result.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { type TestResult, tally } from './test-result.ts';

const program = `
  import { runFile } from ${JSON.stringify(import.meta.resolve('./run-file.ts'))};
  const [root, limit] = process.argv.slice(2);
  const limits = { testTimeoutMs: Number(limit), fileTimeoutMs: Number(limit) };
  console.log(JSON.stringify(await runFile({ root, file: 'x.test.mjs', ...limits })));`;

/** In a process of its own, since node:test runs no files from within a test. */
const runText = async (t: TestContext, text: string, limitMs = 20_000): Promise<readonly TestResult[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-results-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'x.test.mjs'), text);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const driver = join(folder, 'driver.mjs');
  await writeFile(driver, program);
  const args = [driver, folder, String(limitMs)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return JSON.parse(stdout);
};

test('passes, failures, skips and todos count once each, parents and suites not at all', async (t) => {
  const results = await runText(
    t,
    `import { describe, it, test } from 'node:test';
     test('passes', () => {});
     test('is skipped', (t) => t.skip('no kernel'));
     test('parent', async (t) => { await t.test('good', () => {}); await t.test('bad', () => { throw new Error('boom'); }); });
     describe('suite', () => { it('inner', () => {}); it('later', { todo: true }, () => {}); });`,
  );
  assert.deepEqual(tally(results), { passed: 3, failed: 1, skipped: 2 });
  assert.match(results.find((result) => result.name === 'bad')?.reason ?? '', /boom/);
  assert.equal(results.find((result) => result.name === 'is skipped')?.reason, 'no kernel');
});

test('a file that breaks while loading is a failure that shows why', async (t) => {
  const results = await runText(t, `throw new Error('broken at load');`);
  assert.deepEqual(tally(results), { passed: 0, failed: 1, skipped: 0 });
  assert.match(results[0]?.reason ?? '', /broken at load/);
});

test('a file without a test is a failure', async (t) => {
  const results = await runText(t, '');
  assert.deepEqual(
    results.map((result) => [result.outcome, result.reason]),
    [['failed', 'the file holds no test']],
  );
});

test('a file that never ends is ended and counted as failed', async (t) => {
  const results = await runText(
    t,
    `import { test } from 'node:test'; test('ends', () => {}); setInterval(() => {}, 1000);`,
    700,
  );
  assert.equal(tally(results).failed, 1);
  assert.match(results.find((result) => result.outcome === 'failed')?.reason ?? '', /700 ms/);
});
