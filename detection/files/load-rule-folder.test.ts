// A folder of rules is read with its subfolders and without tests; one that is not there is told.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DetectionError } from '../errors.ts';
import { lintRules } from '../proof/lint-rules.ts';
import { runRuleTests } from '../proof/run-rule-tests.ts';
import { loadRuleFolder } from './load-rule-folder.ts';
import { loadRules } from './load-rules.ts';

const rule = (id: string): string =>
  `- rule: ${id}\n  condition: evt.type = execve and proc.name = ${id}\n  output: o\n  priority: INFO\n`;

async function inFolder(
  files: Readonly<Record<string, string>>,
  check: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-rules-'));
  try {
    await mkdir(join(folder, 'deeper'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await check(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('subfolders count, tests and other files do not', () =>
  inFolder(
    { 'b.yaml': rule('b'), 'deeper/a.yml': rule('a'), 'b.test.yaml': 'tests: []', 'notes.md': '#' },
    async (folder) => {
      const { rules, problems } = await loadRuleFolder(folder);
      assert.deepEqual([rules.map(({ info }) => info.id), problems], [['b', 'a'], []]);
    },
  ));

test('a folder that is not there', async () => {
  await assert.rejects(
    loadRuleFolder('/nowhere/at/all'),
    (error) => error instanceof DetectionError && error.code === 'RULE_FOLDER_UNREADABLE',
  );
});

test('tests tell what differed', () =>
  inFolder(
    {
      'a.yaml': rule('a'),
      'a.test.yaml': `tests:
  - name: right
    events: [{ process: { name: a } }]
    alerts: [{ count: 1 }]
  - name: too many
    events: [{ process: { name: a } }, { process: { name: a } }]
    alerts: [{ count: 1 }]
  - name: not silent
    events: [{ process: { name: a } }]
    silent: true
  - name: mistyped
    events: [{ process: { name: a, argz: [] } }]
    silent: true
`,
      'b.test.yaml': 'tests: []',
      'c.test.yaml': 'tests: 7',
    },
    async (folder) => {
      const report = await runRuleTests(folder);
      assert.deepEqual([report.passed, report.failed], [1, 5]);
      const told = report.rules
        .flatMap(({ message, cases }) => [message, ...cases.map((entry) => entry.message)])
        .join('\n');
      for (const expected of [
        /count 2 instead of 1/,
        /1 alerts instead of 0/,
        /unknown key "argz"/,
        /no rule with the id "b"/,
        /`tests:` with a list/,
      ])
        assert.match(told, expected);
    },
  ));

test('lint tells what is missing', () =>
  inFolder(
    { 'x.yaml': `${rule('a')}  attack: { tactics: [Lurking], techniques: [T12] }\n` },
    async (folder) => {
      const told = (await lintRules(folder)).map(({ message }) => message).join('\n');
      for (const expected of [
        /"title", "why", "benign", "respond" are missing/,
        /"T12" is no technique/,
        /"Lurking" is no tactic/,
        /not the file's name/,
        /has no tests/,
      ])
        assert.match(told, expected);
    },
  ));

test('one file is a place for rules, and so is its tests file', () =>
  inFolder(
    {
      'mine.yaml': rule('a'),
      'mine.test.yaml': `tests: [{ name: fires, events: [{ process: { name: a } }], alerts: [{ count: 1 }] }]`,
      'other.yaml': rule('b'),
      'other.test.yaml': `tests: [{ name: fires, events: [{ process: { name: b } }], alerts: [{ count: 1 }] }]`,
    },
    async (folder) => {
      for (const name of ['mine.yaml', 'mine.test.yaml']) {
        const report = await runRuleTests(join(folder, name));
        assert.deepEqual(
          [report.passed, report.failed, report.rules.map((each) => each.rule)],
          [1, 0, ['a']],
        );
      }
      const told = (await lintRules(join(folder, 'mine.yaml'))).map(({ message }) => message).join('\n');
      assert.match(told, /a: "title", .* are missing/);
      assert.doesNotMatch(told, /no tests/);
    },
  ));

test('tests stand beside the file of one rule, or are named after an id; else it is told how to mend it', () =>
  inFolder(
    {
      'two.yaml': rule('a') + rule('b'),
      'b.test.yaml': `tests: [{ name: fires, events: [{ process: { name: b } }], alerts: [{ count: 1 }] }]`,
      'two.test.yaml': `tests: [{ name: fires, events: [{ process: { name: b } }], alerts: [{ count: 1 }] }]`,
    },
    async (folder) => {
      const { passed, rules } = await runRuleTests(folder);
      assert.equal(passed, 1);
      assert.match(
        String(rules[1]?.message),
        /no rule with the id "two"; .* holds a, b: name a tests file after one/,
      );
    },
  ));

test('rules may use what Yagura defines, but not change it', () =>
  inFolder(
    {
      'a.yaml': rule('a').replace('proc.name = a', 'proc.name in (shells) and spawned_process'),
      'b.yaml': `- list: shells\n  append: true\n  items: [mine]\n${rule('b')}`,
    },
    async (folder) => {
      const told = (await loadRuleFolder(folder)).problems.map(({ message }) => message);
      assert.deepEqual(told, ['there is no list "shells" before this that could be changed']);
    },
  ));

test('a mounted ConfigMap: links to files are read once', () =>
  inFolder({}, async (folder) => {
    await mkdir(join(folder, '..2026'));
    await writeFile(join(folder, '..2026', 'a.yaml'), rule('a'));
    await symlink('..2026', join(folder, '..data'));
    await symlink('..data/a.yaml', join(folder, 'a.yaml'));
    await symlink('nowhere', join(folder, 'gone.yaml'));
    const { rules, problems } = await loadRuleFolder(folder);
    assert.deepEqual([rules.map(({ info }) => info.file), problems], [[join(folder, 'a.yaml')], []]);
  }));

test('a rule with several mistakes tells of each', () => {
  const text = rule('a').replace('proc.name', 'proc.nmae').replace('output: o', 'output: "%proc.nam"');
  const told = loadRules([{ path: 'a.yaml', text }])
    .problems.map(({ message }) => message)
    .join('\n');
  assert.match(told, /proc\.nmae/);
  assert.match(told, /"proc\.nam"/);
});
