// A folder of rules is read with its subfolders and without tests; one that is not there is told.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DetectionError } from '../errors.ts';
import { lintRules } from '../proof/lint-rules.ts';
import { runRuleTests } from '../proof/run-rule-tests.ts';
import { loadRuleFolder } from './load-rule-folder.ts';

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
        /"title" is missing/,
        /"why" is missing/,
        /"benign" is missing/,
        /"respond" is missing/,
        /"T12" is no technique/,
        /"Lurking" is no tactic/,
        /not the file's name/,
        /has no tests/,
      ])
        assert.match(told, expected);
    },
  ));
