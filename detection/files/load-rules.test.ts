// Rule files load as far as they are sound, and each mistake is told with file, line, column and what was expected.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleProblem } from '../language/problem.ts';
import { loadRules } from './load-rules.ts';

const load = (text: string): ReturnType<typeof loadRules> => loadRules([{ path: 'r.yaml', text }]);
const places = (problems: readonly RuleProblem[]): string[] =>
  problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

const rule = (name: string, condition: string, more = ''): string =>
  `- rule: ${name}\n  desc: d\n  condition: ${condition}\n  output: o\n  priority: INFO\n${more}`;

test('a Falco file without any of our keys loads', () => {
  const { rules, problems } = load(`
- required_engine_version: 0.31.0
- list: shells
  items: [bash, sh]
- macro: spawned
  condition: (evt.type in (execve, execveat) and evt.dir=<)
- rule: Terminal shell
  desc: A shell
  condition: >
    spawned and proc.name in (shells, zsh)
  output: "shell (user=%user.name %proc.cmdline)"
  priority: NOTICE
  tags: [container, mitre_initial_access, T1059]
`);
  assert.deepEqual(problems, []);
  const [loaded] = rules;
  assert.equal(loaded?.info.id, 'terminal-shell');
  assert.equal(loaded?.info.severity, 'low');
  assert.equal(loaded?.info.source, 'syscall');
  assert.deepEqual(loaded?.info.tactics, ['Initial Access']);
  assert.deepEqual(loaded?.info.techniques, ['T1059']);
  assert.deepEqual(loaded?.kinds, ['process.started']);
  assert.ok(loaded?.info.text.startsWith('rule: Terminal shell\ndesc: A shell\n'));
});

test('mistakes inside folded, literal and quoted conditions are told at their place in the file', () => {
  const { problems } = load(`- rule: folded
  desc: d
  condition: >
    proc.name = sh
    and proc.nmae = x
  output: o
  priority: INFO
- rule: literal
  desc: d
  condition: |

      proc.name = sh and
        user.uid = root
  output: o
  priority: INFO
- rule: quoted
  desc: d
  condition: "proc.name = \\"sh\\" and proc.tty contains 3"
  output: o
  priority: INFO
- rule: plain
  desc: d
  condition: proc.name = sh
    and and
  output: o
  priority: INFO
`);
  assert.deepEqual(places(problems), [
    '5:9 unknown field "proc.nmae" – did you mean "proc.name"?',
    '13:20 "root" is not a number, and "user.uid" is one',
    '18:38 `contains` does not fit "proc.tty", which is number',
    '24:9 unexpected "and"',
  ]);
});

test('a bad rule costs only itself', () => {
  const { rules, problems } = load(
    [rule('one', 'proc.name = a'), rule('two', 'proc.name ='), rule('three', 'proc.name = c')].join(''),
  );
  assert.deepEqual(
    rules.map(({ info }) => info.id),
    ['one', 'three'],
  );
  assert.equal(problems.length, 1);
});

test('unknown names are told with the nearest known one', () => {
  const { problems } = load(`- list: shells
  items: [sh]
- macro: container
  condition: container.id != host
${rule('a', 'contaner')}${rule('b', 'proc.name in shels')}${rule('c', 'proc.name = x', '  prioritty: HIGH\n')}`);
  const text = places(problems).join('\n');
  assert.match(text, /unknown macro "contaner" – did you mean "container"/);
  assert.match(text, /unknown list "shels" – did you mean "shells"/);
  assert.match(text, /unknown key "prioritty" – did you mean "priority"/);
});

test('a value that is the name of a list, or nearly so, is told and stays text', () => {
  const { rules, problems, notices } = load(
    `- list: shell_binaries\n  items: [bash]\n${rule('one', 'proc.name in (shell_binares, zsh)')}${rule('two', 'proc.name = shell_binaries')}${rule('three', 'proc.name in ("shell_binares") or proc.name = "shell_binaries"')}`,
  );
  assert.deepEqual(problems, []);
  assert.equal(rules.length, 3);
  assert.deepEqual(places(notices), [
    '5:28 "shell_binares" is no list, and is compared as text – did you mean "shell_binaries"?',
    '10:26 "shell_binaries" is compared as text, and it is the name of a list',
  ]);
});

test('a dash with nothing behind it is passed over', () => {
  const { rules, problems } = load(`-\n${rule('one', 'proc.name = a')}-\n`);
  assert.deepEqual([problems, rules.length], [[], 1]);
});

test('circles of macros and lists are found, and what uses them is told', () => {
  const { rules, problems } = load(`- macro: a
  condition: b
- macro: b
  condition: proc.name = x or a
- list: l
  items: [m]
- list: m
  items: [l]
${rule('one', 'a')}${rule('two', 'proc.name in (l)')}`);
  const text = places(problems).join('\n');
  assert.match(text, /the macro "a" contains itself/);
  assert.match(text, /uses the macro "a", which has a mistake/);
  assert.match(text, /contains itself: l → m → l/);
  assert.deepEqual(rules.map(({ info }) => info.id).includes('one'), false);
});

test('macros that double each other are refused, not expanded', () => {
  const macros = Array.from(
    { length: 40 },
    (_, i) => `- macro: m${i + 1}\n  condition: m${i} and m${i}\n`,
  ).join('');
  const { problems } = load(`- macro: m0\n  condition: proc.name = a\n${macros}${rule('r', 'm40')}`);
  assert.match(places(problems).join('\n'), /more than 10000 tests/);
});

test('ids taken twice, missing keys, wrong sources and priorities', () => {
  const { rules, problems } = load(`${rule('a', 'proc.name = x')}${rule('A!', 'proc.name = y')}- rule: b
  condition: proc.name = x
- rule: c
  condition: ka.verb = get
  output: o
  priority: LOUD
  source: syscall
- rule: d
  condition: ka.verb = get
  output: "%ka.nothing"
  priority: INFO
- rule: e
  condition: ka.verb = get
  output: o
  priority: INFO
- nonsense
`);
  assert.deepEqual(
    rules.map(({ info }) => info.id),
    ['a'],
  );
  const text = places(problems).join('\n');
  for (const expected of [
    /duplicate rule id "a"/,
    /"output" is missing/,
    /"priority" is missing/,
    /unknown priority "LOUD"/,
    /unknown field "ka.nothing"/,
    /"ka.verb" belongs to k8s_audit/,
    /this is no rule/,
  ])
    assert.match(text, expected);
});

test('a mistake in YAML is told with its place, and other files still load', () => {
  const { rules, problems } = loadRules([
    { path: 'bad.yaml', text: '- rule: a\n  condition: "x\n' },
    { path: 'good.yaml', text: rule('good', 'proc.name = a') },
  ]);
  assert.deepEqual(
    rules.map(({ info }) => info.id),
    ['good'],
  );
  assert.equal(problems[0]?.file, 'bad.yaml');
  assert.match(problems[0]?.message ?? '', /not YAML/);
});

test('the version changes with the rule, and with a macro or list that it uses, however deep', () => {
  const version = (items: string, macro: string): string | undefined =>
    load(
      `- list: l\n  items: [${items}]\n- macro: m\n  condition: proc.name in (l) ${macro}\n- macro: unused\n  condition: proc.name = ${items}\n${rule('r', 'm')}`,
    ).rules[0]?.info.version;
  assert.equal(version('a', ''), version('a', ''));
  assert.notEqual(version('a', ''), version('b', ''));
  assert.notEqual(version('a', ''), version('a', 'and proc.pid = 1'));
});

test('nesting that no parser survives is a mistake, not a crash, and mistakes are told up to a bound', () => {
  for (const text of ['['.repeat(10_000), '- a: '.repeat(20_000), `- ${'{a: ['.repeat(5_000)}`])
    assert.match(load(text).problems[0]?.message ?? '', /not YAML/);
  const many = Array.from({ length: 500 }, (_, index) => `proc.x${index} = 1`).join(' and ');
  assert.equal(load(rule('a', many)).problems.length, 50);
});
