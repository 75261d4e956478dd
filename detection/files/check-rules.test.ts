// A file in Falco's manner is checked rule by rule, and its rules do what it says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createEngine } from '../engine/engine.ts';
import { operators } from '../language/operators.ts';
import { transformers } from '../language/transformers.ts';
import { expandEvent } from '../proof/compact-event.ts';
import { checkRules } from './check-rules.ts';
import { loadRules } from './load-rules.ts';

const path = 'every-operator.yaml';
const text = readFileSync(new URL(path, import.meta.url), 'utf8');

test('the file names every operator and transformer that Falco documents', () => {
  const ours = ['within'];
  for (const name of [...Object.keys(operators), ...Object.keys(transformers), 'val('])
    assert.ok(ours.includes(name) || text.includes(name), name);
});

test('each rule has its verdict and its reason', () => {
  const { rules, problems, notices } = checkRules([{ path, text }]);
  assert.deepEqual(problems, []);
  assert.deepEqual(notices, []);
  assert.deepEqual(
    rules.map(({ rule, verdict, isEnabled }) => `${rule}: ${verdict}${isEnabled ? '' : ' (off)'}`),
    [
      'Equality and order: runs',
      'Parts of texts: runs',
      'Patterns: runs (off)',
      'Sets: runs',
      'Transformers: runs',
      'Files that nobody reads here: cannot-run (off)',
      'Opens of files: runs',
      'Some empty fields: empty-fields',
      'Skipped when unknown: skipped',
      'Changes at the API server: runs',
      'Another source: cannot-run',
    ],
  );
  const reasonOf = (name: string): string =>
    rules
      .find(({ rule }) => rule === name)
      ?.reasons.map(({ message }) => message)
      .join('; ') ?? '';
  assert.match(reasonOf('Files that nobody reads here'), /unlink, unlinkat/);
  assert.match(reasonOf('Opens of files'), /opens of the files that the sensor watches/);
  assert.match(reasonOf('Another source'), /"aws_cloudtrail" is not read here/);
  assert.match(reasonOf('Skipped when unknown'), /unknown field "proc.tomorrow"/);
  const empty = rules.find(({ rule }) => rule === 'Some empty fields');
  assert.deepEqual(empty?.emptyFields, ['fd.sip', 'proc.env[HOME]']);
  assert.deepEqual(empty?.emptyInOutput, ['proc.sid', 'user.loginname']);
});

const engine = createEngine(loadRules([{ path, text }]).rules);

function fired(entry: unknown): readonly string[] {
  const expanded = expandEvent(entry, 0);
  assert.ok(expanded.ok, expanded.ok ? '' : expanded.message);
  return engine.evaluate(expanded.event).map(({ rule, message }) => `${rule.name}: ${message}`);
}

const bash = {
  name: 'bash',
  path: '/usr/bin/bash',
  args: ['bash', '-c', 'id'],
  parents: ['nginx', 'containerd-shim'],
  uid: 33,
};

test('a field that is empty in the output alone leaves a rule as good as it is', () => {
  const shown =
    '- rule: r\n  desc: d\n  condition: evt.type = execve and proc.name = a\n  output: flags=%evt.arg.flags\n  priority: INFO\n';
  const [checked] = checkRules([{ path: 'r.yaml', text: shown }]).rules;
  assert.equal(checked?.verdict, 'runs');
  assert.deepEqual([checked?.emptyFields, checked?.emptyInOutput], [[], ['evt.arg.flags']]);
});

test('its rules fire with their outputs', () => {
  assert.deepEqual(fired({ process: { ...bash, container: 'web' } }), [
    'Equality and order: Compared (user=33 uid=33 command=bash -c id container=000000000000)'.replace(
      '000000000000',
      containerOf(),
    ),
    'Sets: One of a set (command=bash -c id parents=nginx)',
    'Transformers: Transformed (name=BASH line=bash < nginx 100% sure)',
  ]);
  const java = {
    name: 'java',
    path: '/usr/bin/java',
    args: ['java', '-jar', '/tmp/a.jar'],
    container: 'web',
  };
  assert.deepEqual(fired({ process: java }), ['Parts of texts: A part of java was found']);
});

test('a rule on files sees opens, by whatever call, and not execs of the same program', () => {
  const dash = { name: 'dash', path: '/bin/dash', container: false };
  assert.deepEqual(fired({ open: { ...dash, file: '/etc/cron', write: true, call: 'openat2' } }), [
    'Opens of files: Wrote below /etc (file=/etc/cron name=cron call=openat2)',
  ]);
  assert.deepEqual(fired({ open: { ...dash, file: '/etc/cron' } }), []);
  assert.deepEqual(fired({ process: dash }), []);
});

function containerOf(): string {
  const expanded = expandEvent({ process: { ...bash, container: 'web' } }, 0);
  return expanded.ok && expanded.event.kind !== 'api.requested'
    ? (expanded.event.container?.id.slice(0, 12) ?? '')
    : '';
}

test('exceptions, appended ones too, keep a rule silent', () => {
  const rules = (process: object): readonly string[] =>
    fired({ process: { ...bash, container: false, ...process } }).map((line) => line.split(':')[0] ?? '');
  const parents = ['nginx', 'systemd'];
  assert.deepEqual(rules({ name: 'perl', args: ['perl'], parents }), ['Sets']);
  assert.deepEqual(rules({ name: 'perl', args: ['perl', '--VERSION'], parents }), []);
  assert.deepEqual(rules({ name: 'ruby', args: ['ruby'], path: '/snap/x/ruby', parents }), []);
  assert.deepEqual(rules({ name: 'ruby', args: ['ruby'], parents: ['sshd', 'systemd'] }), []);
  assert.deepEqual(
    rules({ name: '(systemd)', args: ['x'], path: '/usr/lib/a', parents: ['cron', 'systemd'] }),
    [],
  );
  assert.deepEqual(rules({ name: '(systemd)', args: ['x'], path: '/lib/a', parents: ['cron', 'systemd'] }), [
    'Sets',
  ]);
});
