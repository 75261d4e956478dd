// `yagura analyze`: every form of file, exit codes, and what goes to which stream.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { AlertDraft } from '@yagura/contracts';
import Value from 'typebox/value';
import { harmlessGet, lines, privilegedPod } from '../testing/audit-records.ts';
import { type CliRun, runCli, spawnCli } from '../testing/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'yagura-analyze-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const save = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

function draftsOf(run: CliRun): AlertDraft[] {
  const drafts = run.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as AlertDraft);
  for (const draft of drafts) assert.ok(Value.Check(AlertDraft, draft), run.stdout);
  return drafts;
}

const sample = lines(privilegedPod('a1'), harmlessGet('a2'), privilegedPod('a3'), privilegedPod('a1'));

test('--json prints whole alerts, counts distinct events, and nothing else', async () => {
  const run = await spawnCli(['analyze', '--json', save('audit.log', sample)]);
  assert.equal(run.code, 0);
  const [draft, ...others] = draftsOf(run);
  assert.equal(others.length, 0);
  assert.deepEqual(
    [draft?.rule, draft?.source, draft?.count, draft?.entities.namespace],
    ['privileged-container', 'k8s_audit', 2, 'shop'],
  );
  assert.ok((draft?.evidence.length ?? 0) > 0);
  assert.match(run.stderr, /1 alert .* in 4 events/);
});

test('gzip, zstd, EventList, pretty-printed and standard input give the same', async () => {
  const list = { kind: 'EventList', items: [privilegedPod('a1'), privilegedPod('a3')] };
  const forms = [
    save('a.gz', Buffer.concat([gzipSync(sample.slice(0, 100)), gzipSync(sample.slice(100))])),
    save('a.zst', zstdCompressSync(sample)),
    save('list.json', JSON.stringify(list)),
    save('pretty.json', JSON.stringify(list.items, undefined, 2)),
  ];
  const runs = await Promise.all([
    ...forms.map((file) => runCli(['analyze', '--json', '-q', file])),
    runCli(['analyze', '--json', '-q', '-'], { stdin: gzipSync(sample) }),
  ]);
  for (const [index, run] of runs.entries()) {
    assert.equal(run.stderr, '', `form ${index}`);
    assert.deepEqual(
      draftsOf(run).map(({ rule, count }) => [rule, count]),
      [['privileged-container', 2]],
      `form ${index}`,
    );
  }
});

test('bad records cost themselves, are counted by reason, and do not change the exit code', async () => {
  const bad = '{"kind": 0}\nnot json at all\n{"kind":"Event","verb":\n{"kind":"process.started"}\n';
  const run = await runCli(['analyze', '--json', save('bad.log', `${bad}${sample}`)]);
  assert.equal(run.code, 0);
  assert.equal(draftsOf(run).length, 1);
  assert.match(
    run.stderr,
    /4 records skipped: 1 not-an-audit-event, 1 not-json, 1 cut, 1 not-an-event\n {2}.*bad.log:1: not-an-audit-event\n/,
  );
});

test('what holds no record at all is no quiet cluster', async () => {
  const page = save('page.html', '<html>403</html>\n');
  const other = save('other.json', lines({ category: 'guard', properties: { log: 'klog' } }));
  const [wrong, silent, empty] = await Promise.all([
    runCli(['analyze', '--quiet', '--fail-on', 'high', page]),
    runCli(['analyze', '--fail-on', 'high', other]),
    runCli(['analyze', save('empty.log', '')]),
  ]);
  assert.deepEqual([wrong.code, silent.code, empty.code], [1, 0, 0]);
  assert.match(wrong.stderr, /^error: nothing could be read\n {2}Name audit logs in JSON/);
});

test('events that stand long behind later ones are told', async () => {
  const at = (minute: number): object => ({
    ...privilegedPod(`late-${minute}`),
    stageTimestamp: `2026-05-01T10:${minute}:00.000000Z`,
  });
  const [ordered, backwards] = await Promise.all([
    runCli(['analyze', save('ordered.log', lines(at(10), at(14), at(12), at(40)))]),
    runCli(['analyze', save('backwards.log', lines(at(40), at(14), at(12), at(10)))]),
  ]);
  assert.doesNotMatch(ordered.stderr, /behind later ones/);
  assert.match(backwards.stderr, /^3 events stood more than five minutes behind .* the oldest first$/m);
});

test('lists of control characters do not reach the terminal', async () => {
  const list = join(folder, 'hostile');
  mkdirSync(list);
  writeFileSync(join(list, 'tor-exit-nodes.txt'), `\u001b]0;owned\u0007${'x'.repeat(10_000)}\n`);
  const run = await runCli(['analyze', '--lists', list, save('quiet.log', sample)]);
  assert.match(run.stderr, /^left out: .*tor-exit-nodes\.txt:1:1: " {1,2}\]0;owned/);
  assert.ok(!run.stderr.includes('\u001b') && run.stderr.length < 2_000);
});

test('--fail-on ends with 2 at or above the severity only', async () => {
  const file = save('fail.log', sample);
  const [at, above, none] = await Promise.all([
    runCli(['analyze', '--fail-on', 'low', file]),
    runCli(['analyze', '--fail-on', 'critical', file]),
    runCli(['analyze', '--fail-on', 'low', save('fine.log', lines(harmlessGet('x')))]),
  ]);
  assert.deepEqual([at.code, above.code, none.code], [2, 0, 0]);
  assert.match(at.stdout, /SEVERITY\s+RULE[\s\S]*privileged-container/);
  assert.equal(none.stdout, '');
});

test('a file that cannot be read ends with 1, and the others are still read', async () => {
  const broken = save('broken.gz', gzipSync(sample.repeat(50)).subarray(0, 300));
  const run = await runCli([
    'analyze',
    '--json',
    join(folder, 'nowhere.log'),
    broken,
    save('ok.log', sample),
  ]);
  assert.equal(run.code, 1);
  assert.equal(draftsOf(run).length, 1);
  assert.match(run.stderr, /nowhere\.log/);
  assert.match(run.stderr, /broken\.gz/);
  assert.doesNotMatch(run.stderr, /\n\s+at /);
});

test("--rules adds a folder's rules, and tells what is broken in it", async () => {
  save(
    'mine.yaml',
    '- rule: Any get\n  condition: ka.verb=get\n  output: got\n  source: k8s_audit\n  priority: INFO\n  desc: x\n',
  );
  save(
    'broken.yaml',
    '- rule: Broken\n  condition: ka.verb=\n  output: x\n  source: k8s_audit\n  priority: INFO\n  desc: x\n',
  );
  const run = await runCli(['analyze', '--json', '--no-builtin', '--rules', folder, save('r.log', sample)]);
  assert.equal(run.code, 0);
  assert.deepEqual(
    draftsOf(run).map(({ rule }) => rule),
    ['any-get'],
  );
  assert.match(run.stderr, /broken\.yaml:\d+:\d+: /);
});

test('--format ocsf writes one finding a line', async () => {
  const file = save('ocsf.log', lines(privilegedPod('shop', 'tool')));
  const { stdout, code } = await runCli(['analyze', '--format', 'ocsf', file]);
  assert.equal(code, 0);
  const [first = ''] = stdout.split('\n');
  const finding = JSON.parse(first) as { class_uid: number; finding_info: { uid: string } };
  assert.equal(finding.class_uid, 2004);
  assert.match(finding.finding_info.uid, /^[0-9a-f]{32}$/);
});

test('a compressed file that is cut is analysed to there, and told how to mend it', async () => {
  const whole = gzipSync(lines(...Array.from({ length: 2_000 }, (_, index) => harmlessGet(`x${index}`))));
  const run = await runCli(['analyze', save('cut.log.gz', whole.subarray(0, whole.length - 100))]);
  assert.equal(run.code, 1);
  assert.match(
    run.stderr,
    /[1-9]\d* events .*\nerror: .*cut\.log\.gz is cut or damaged: unexpected end of file\n.*Take the file again/,
  );
});

test('a file of one rule is a place for rules; an id that is taken is told, and costs that rule', async () => {
  const rule = (id: string): string =>
    `- rule: ${id}\n  source: k8s_audit\n  condition: pod_is_created and not distribution_at_work\n  output: mine\n  priority: NOTICE\n`;
  const own = save('own.yaml', rule('mine') + rule('privileged-container'));
  const run = await runCli(['analyze', '--json', save('own.log', sample), '--rules', own]);
  assert.deepEqual(
    draftsOf(run)
      .map((draft) => draft.rule)
      .sort(),
    ['mine', 'privileged-container'],
  );
  assert.match(run.stderr, /own\.yaml: the rule id privileged-container is taken by .*another `id`/);
});
