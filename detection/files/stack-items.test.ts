// What later items change of earlier ones, and what is told when they cannot.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LoadedRules, loadRules } from './load-rules.ts';

const base = `- list: names
  items: [a, b]
- macro: named
  condition: proc.name in (names)
- rule: One
  desc: first
  condition: named
  output: was %proc.name
  priority: INFO
  tags: [x]
`;

const load = (...later: readonly string[]): LoadedRules =>
  loadRules([base, ...later].map((text, index) => ({ path: `${index}.yaml`, text })));

const told = ({ problems }: LoadedRules): readonly string[] =>
  problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);

test('lists, macros and rules are appended to, in the old form and the new', () => {
  for (const how of ['append: true', 'override: { items: append }', 'override: {items: replace}']) {
    const { rules, problems } = load(`- list: names\n  items: [c]\n  ${how}\n`);
    assert.deepEqual(problems, []);
    const [test] = rules;
    const operands = test?.condition.kind === 'test' ? test.condition.operands : [];
    assert.deepEqual(operands, how.includes('replace') ? ['c'] : ['a', 'b', 'c']);
  }
  const { rules, problems } = load(
    `- rule: One\n  condition: and proc.pid = 7\n  output: at %proc.pid\n  desc: second\n  tags: [T1059]\n  priority: ERROR\n  override: { condition: append, output: append, desc: append, tags: append, priority: replace }\n`,
    '- rule: One\n  enabled: false\n',
  );
  assert.deepEqual(problems, []);
  assert.equal(rules[0]?.info.condition, 'named and proc.pid = 7');
  assert.equal(rules[0]?.info.why, 'first second');
  assert.equal(rules[0]?.info.severity, 'high');
  assert.equal(rules[0]?.info.enabled, false);
  assert.deepEqual(rules[0]?.info.techniques, ['T1059']);
  assert.notEqual(rules[0]?.info.version, load().rules[0]?.info.version);
});

test('a mistake in what was appended is told in the file that appended it', () => {
  assert.deepEqual(told(load('- rule: One\n  append: true\n  condition: and proc.nmae = x\n')), [
    '1.yaml:3:18 unknown field "proc.nmae" – did you mean "proc.name"?',
  ]);
  assert.deepEqual(told(load('- macro: named\n  append: true\n  condition: or or\n')), [
    '1.yaml:3:17 unexpected "or"',
    '0.yaml:7:14 uses the macro "named", which has a mistake',
  ]);
});

test('of two with one name the later counts, with a notice', () => {
  const { rules, notices } = load('- macro: named\n  condition: proc.pid = 1\n');
  assert.equal(rules.length, 1);
  assert.deepEqual(
    notices.map(({ file, line, message }) => `${file}:${line} ${message}`),
    ['1.yaml:1 the macro "named" takes the place of that in 0.yaml:3'],
  );
});

test('a list or macro that replaces what is not there stands for itself', () => {
  const { rules, problems } = load(
    '- list: other\n  items: [c]\n  override: { items: replace }\n- macro: more\n  condition: proc.name in (other)\n  override: { condition: replace }\n',
    '- rule: One\n  condition: or more\n  override: { condition: append }\n',
  );
  assert.deepEqual(problems, []);
  assert.equal(rules[0]?.condition.kind, 'or');
});

const refused: readonly [later: string, message: RegExp][] = [
  ['- rule: Two\n  append: true\n  condition: and x\n', /no rule "Two" before this/],
  ['- list: other\n  items: [x]\n  override: { items: append }\n', /no list "other" before this/],
  ['- rule: Two\n  enabled: false\n', /no rule "Two" before this/],
  [
    '- rule: One\n  append: true\n  condition: and x\n  override: { condition: append }\n',
    /both "append" and "override"/,
  ],
  [
    '- rule: One\n  priority: ERROR\n  override: { priority: append }\n',
    /"priority" cannot be overridden so/,
  ],
  ['- rule: One\n  condition: x\n  override: { output: replace }\n', /names "output", which is missing/],
  ['- rule: One\n  condition: x\n  output: y\n  override: { output: replace }\n', /"condition" is not named/],
  ['- rule: One\n  condition: x\n  override: { conditon: append }\n', /unknown key "conditon"/],
  ['- rule: One\n  condition: x\n  override: append\n', /"override" is no mapping/],
  [
    '- rule: One\n  desc: d\n  condition: ka.verb = x\n  output: o\n  priority: INFO\n  source: k8s_audit\n',
    /another source/,
  ],
  [
    '- rule: One\n  append: true\n  exceptions: [{ name: e, fields: proc.name }, { name: e, fields: proc.pid }]\n',
    /two exceptions "e"/,
  ],
  ['- required_engine_version: soon\n', /is no version/],
  ['- required_plugin_versions: [k8saudit]\n', /this is no plugin/],
];

for (const [later, message] of refused)
  test(`tells ${message.source}`, () => assert.match(told(load(later)).join('\n'), message));

test('a newer engine of Falco is a notice', () => {
  const { notices, problems } = load('- required_engine_version: 0.99.0\n');
  assert.deepEqual(problems, []);
  assert.match(notices[0]?.message ?? '', /engine 0.99.0 of Falco/);
  assert.deepEqual(load('- required_engine_version: 26\n').notices, []);
});
