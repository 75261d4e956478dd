// Rules from several folders: a bad one costs only itself.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { builtinRules } from '@yagura/detection';
import { createLogger } from '@yagura/kit';
import { loadHubRules } from './load-hub-rules.ts';

const log = createLogger({ name: 'test', level: 'silent' });

test('a folder that is missing and a rule that is broken are problems, the others load', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-rules-'));
  try {
    await writeFile(join(folder, 'bad.yaml'), '- rule: broken\n  condition: (((\n');
    const { rules, problems } = await loadHubRules(
      { rules: [builtinRules, folder, join(folder, 'missing')], lists: [join(folder, 'no-lists')] },
      log,
    );
    assert.ok(rules.length > 0);
    assert.ok(problems.some((problem) => problem.includes('bad.yaml')));
    assert.ok(problems.some((problem) => problem.includes('missing')));
    assert.ok(problems.some((problem) => problem.includes('no-lists')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('an id that is taken is a problem of the later file', async () => {
  const once = await loadHubRules({ rules: [builtinRules], lists: [] }, log);
  const twice = await loadHubRules({ rules: [builtinRules, builtinRules], lists: [] }, log);
  assert.deepEqual(once.problems, []);
  assert.equal(twice.rules.length, once.rules.length);
  assert.equal(twice.problems.length, once.rules.length);
});
