// `yagura rules …`, with rules that come with Yagura and with a user's own.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runCli } from '../testing/run-cli.ts';

function folderOf(t: TestContext, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-rules-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const rule = (condition: string): string =>
  `- rule: Deleted\n  id: deleted\n  desc: x\n  condition: ${condition}\n  output: gone\n  source: k8s_audit\n  priority: NOTICE\n`;

test('list and show', async () => {
  const [table, json, one, none] = await Promise.all([
    runCli(['rules', 'list']),
    runCli(['rules', 'list', '--json']),
    runCli(['rules', 'show', 'privileged-container']),
    runCli(['rules', 'show', 'no-such-rule']),
  ]);
  assert.match(table.stdout, /RULE[\s\S]*privileged-container/);
  const ids = json.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).id);
  assert.ok(ids.length >= 12);
  assert.match(one.stdout, /condition:/);
  assert.equal(none.code, 1);
  assert.match(none.stderr, /rules list/);
});

test('test of the rules that come with Yagura passes', async () => {
  const run = await runCli(['rules', 'test']);
  assert.equal(run.code, 0, run.stdout);
  assert.match(run.stdout, /\d+ passed, 0 failed, 0 broken/);
});

test('a failing test and a broken rule end with 1', async (t) => {
  const failing = folderOf(t, {
    'deleted.yaml': rule('ka.verb=delete'),
    'deleted.test.yaml': '- name: fires on get\n  events: []\n  alerts: [{}]\n',
  });
  const broken = folderOf(t, { 'deleted.yaml': rule('ka.verb in (delete') });
  const [one, two, lint, json] = await Promise.all([
    runCli(['rules', 'test', failing]),
    runCli(['rules', 'test', broken]),
    runCli(['rules', 'lint', broken]),
    runCli(['rules', 'lint', broken, '--json']),
  ]);
  assert.equal(one.code, 1);
  assert.match(one.stdout, /✖/);
  assert.deepEqual([two.code, lint.code, json.code], [1, 1, 1]);
  assert.match(lint.stdout, /deleted\.yaml:4:\d+: /);
  const [problem] = json.stdout.trim().split('\n');
  assert.equal(JSON.parse(problem ?? '').line, 4);
});

test('a folder that is not there is an error with a mend', async () => {
  const run = await runCli(['rules', 'test', '/nonexistent/rules']);
  assert.equal(run.code, 1);
  assert.match(run.stderr, /RULE_FOLDER_UNREADABLE\)\n {2}\S/);
});
