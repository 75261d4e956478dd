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

test('a folder without rules is told by every command that looks at rules', async (t) => {
  const empty = folderOf(t, { 'notes.txt': 'none' });
  const runs = await Promise.all(
    [
      ['test', empty],
      ['lint', empty],
      ['check', empty],
      ['backtest', '--rules', empty, '--events', join(empty, 'notes.txt')],
    ].map((ask) => runCli(['rules', ...ask])),
  );
  for (const { code, stderr } of runs) {
    assert.equal(code, 1);
    assert.match(stderr, /there are no rule files in \S+ \(OPTION_INVALID\)\n {2}\S/);
  }
});

test('a mistake in tests is told with its place, by test and by lint', async (t) => {
  const cases = (more: string): string =>
    `tests:\n  - {name: a, events: [{audit: {verb: delete}}], alerts: [{}]}\n  - {name: b, events: [{audit: {verb: get}}], ${more}}\n`;
  const folder = (more: string): string =>
    folderOf(t, { 'deleted.yaml': rule('ka.verb=delete'), 'deleted.test.yaml': cases(more) });
  const mistyped = folder('alerts: [{cuont: 1}]');
  const [test, lint, failing, event] = await Promise.all([
    runCli(['rules', 'test', mistyped]),
    runCli(['rules', 'lint', mistyped]),
    runCli(['rules', 'test', folder('alerts: [{count: 1}]')]),
    runCli([
      'rules',
      'test',
      folder('silent: true}\n  - {name: c, events: [{audit: {verb: get}, repat: 3}], silent: true'),
    ]),
  ]);
  for (const { code, stdout } of [test, lint]) {
    assert.equal(code, 1);
    assert.match(
      stdout,
      /deleted\.test\.yaml:3:5: .*unknown key "cuont" of an alert – did you mean "count"\?/,
    );
  }
  assert.match(failing.stdout, /deleted\.test\.yaml:3:5: 0 alerts instead of 1/);
  assert.match(event.stdout, /unknown key "repat" in a test event/);
});

test('lint passes a rule that works, and with --strict only one that readers understand', async (t) => {
  const folder = folderOf(t, {
    'deleted.yaml': rule('ka.verb=delete'),
    'gone.test.yaml': 'tests:\n  - {name: a, events: [{audit: {verb: delete}}], alerts: [{}]}\n',
  });
  const alone = join(folder, 'deleted.yaml');
  const [plain, strict, json, orphan] = await Promise.all([
    runCli(['rules', 'lint', alone]),
    runCli(['rules', 'lint', alone, '--strict']),
    runCli(['rules', 'lint', alone, '--json']),
    runCli(['rules', 'lint', folder]),
  ]);
  assert.deepEqual([plain.code, strict.code, json.code, orphan.code], [0, 1, 0, 1]);
  assert.match(plain.stdout, /deleted\.yaml:1:3: warning: deleted: "title", "benign", .* are missing/);
  assert.match(plain.stderr, /0 errors, 2 warnings/);
  assert.deepEqual(
    json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).severity),
    ['warning', 'warning'],
  );
  assert.match(orphan.stdout, /gone\.test\.yaml:1:1: error: there is no rule with the id "gone"/);
});

test('branches that no test tried are listed, and may fail the run', async (t) => {
  const folder = folderOf(t, {
    'deleted.yaml': rule('ka.verb=delete or ka.verb=deletecollection'),
    'deleted.test.yaml':
      'tests:\n  - {name: fires, events: [{audit: {verb: delete}}], alerts: [{}]}\n  - {name: silent, events: [{audit: {verb: get}}], silent: true}\n',
  });
  const [listed, enough, few] = await Promise.all([
    runCli(['rules', 'test', folder, '--branches']),
    runCli(['rules', 'test', folder, '--min-branches', '75']),
    runCli(['rules', 'test', folder, '--min-branches', '76']),
  ]);
  assert.match(listed.stdout, /never held {3}ka\.verb=deletecollection {2}\(.*deleted\.yaml:4:\d+\)/);
  assert.match(listed.stdout, /3 of 4 branches of conditions tried \(75 %\)/);
  assert.deepEqual([listed.code, enough.code, few.code], [0, 0, 1]);
});

test('explain tells which tests held, of a file, of an alert and of nothing', async (t) => {
  const folder = folderOf(t, { 'deleted.yaml': rule('ka.verb=delete and ka.user.name=bob') });
  const record = JSON.stringify({
    ...{ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: 'a', verb: 'delete' },
    ...{ stage: 'ResponseComplete', requestURI: '/', user: { username: 'alice' } },
  });
  const ask = ['rules', 'explain', 'deleted', '-', '--rules', folder];
  const [text, json, none, unknown] = await Promise.all([
    runCli(ask, { stdin: record }),
    runCli([...ask, '--json'], { stdin: record }),
    runCli(ask, { stdin: '{"kind": 0}' }),
    runCli(['rules', 'explain', 'no-such-rule', '-'], { stdin: record }),
  ]);
  assert.match(
    text.stdout,
    /deleted stays silent[\s\S]*✔ ka\.verb=delete[\s\S]*✖ ka\.user\.name=bob {2}\["alice"\]/,
  );
  const { event } = JSON.parse(json.stdout);
  assert.equal(event.kind, 'api.requested');
  assert.deepEqual([none.code, unknown.code], [1, 1]);
  assert.match(none.stderr, /holds no event/);
});

test('lint finds a condition that can never hold', async (t) => {
  const folder = folderOf(t, { 'deleted.yaml': rule('ka.verb=delete and ka.verb=get') });
  const run = await runCli(['rules', 'lint', folder]);
  assert.match(run.stdout, /can never hold/);
});

test('backtest sets what proposed rules would have raised beside what the present ones raise', async (t) => {
  const record = (auditID: string, username: string): string =>
    JSON.stringify({
      ...{ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID, verb: 'delete' },
      ...{ stage: 'ResponseComplete', requestURI: '/', user: { username } },
      ...{ stageTimestamp: '2026-05-01T00:00:00Z' },
    });
  const proposed = folderOf(t, { 'deleted.yaml': rule('ka.verb=delete') });
  const history = folderOf(t, { 'audit.log': `${record('1', 'alice')}\n${record('2', 'bob')}\nbad\n` });
  const ask = ['rules', 'backtest', '--rules', proposed, '--events', history, '--no-builtin'];
  const [text, json, missing] = await Promise.all([
    runCli(ask),
    runCli([...ask, '--json']),
    runCli(['rules', 'backtest', '--rules', proposed, '--events', '/nonexistent/log']),
  ]);
  assert.match(
    text.stdout,
    /deleted +2 +2 +- +-[\s\S]*2 events: 2 alerts \(2 matches\) with the proposed rules, 0 alerts \(0 matches\)/,
  );
  assert.match(text.stderr, /1 record skipped: /);
  assert.equal(JSON.parse(json.stdout).rules[0].proposed.alerts, 2);
  assert.equal(missing.code, 1);
  assert.equal(missing.stdout, '');
  assert.match(missing.stderr, /error: .*nonexistent/);
});

test('check tells of each rule what becomes of it, and fails as it is told to', async (t) => {
  const empty = rule('ka.verb=delete and not ka.req.binding.subject.has_name[x] = y');
  const alien =
    '- rule: Alien\n  desc: x\n  condition: ct.name=y\n  output: o\n  source: okta\n  priority: ERROR\n';
  const folder = folderOf(t, { 'a.yaml': empty, 'b.yaml': alien });
  const [one, strict, all, json, missing] = await Promise.all([
    runCli(['rules', 'check', join(folder, 'a.yaml')]),
    runCli(['rules', 'check', '--strict', join(folder, 'a.yaml')]),
    runCli(['rules', 'check', folder]),
    runCli(['rules', 'check', folder, '--json']),
    runCli(['rules', 'check', join(folder, 'none.yaml')]),
  ]);
  assert.deepEqual([one.code, strict.code, all.code, json.code, missing.code], [0, 1, 1, 1, 1]);
  assert.match(one.stdout, /~ Deleted: runs, with fields that are always empty: ka.req.binding.subject/);
  assert.match(all.stdout, /✖ Alien: cannot run\n {4}.*b\.yaml:5:11: the source "okta" is not read here/);
  assert.match(all.stdout, /2 rules: 0 run, 1 run with empty fields, 1 cannot run/);
  const verdicts = JSON.parse(json.stdout).rules.map((each: { verdict: string }) => each.verdict);
  assert.deepEqual(verdicts, ['empty-fields', 'cannot-run']);
  assert.match(missing.stderr, /none\.yaml/);
  // What is off is missed by nobody; it is told all the same.
  const off = folderOf(t, { 'b.yaml': `${alien}  enabled: false\n` });
  const disabled = await runCli(['rules', 'check', off]);
  assert.equal(disabled.code, 0, disabled.stdout);
  assert.match(disabled.stdout, /✖ Alien \(off\): cannot run/);
});

test('test and lint take lists that stand in for others', async (t) => {
  const lists = folderOf(t, { 'ours.txt': 'kube-public\n' });
  const folder = folderOf(t, {
    'deleted.yaml': `${rule('ka.target.namespace in (ours)')}- list: ours\n  items_from: ours.txt\n`,
  });
  const without = await runCli(['rules', 'test', folder]);
  assert.match(without.stdout, /there is no list "ours\.txt"/);
  const [run, lint] = await Promise.all([
    runCli(['rules', 'test', folder, '--lists', lists]),
    runCli(['rules', 'lint', folder, '--lists', lists]),
  ]);
  assert.equal(run.code, 0, run.stdout);
  assert.doesNotMatch(lint.stdout, /there is no list/);
});
