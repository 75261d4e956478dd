// What a rule must have beside a condition that works, so that whoever gets its alert can act.
import { basename } from 'node:path';
import { tactics } from '@yagura/contracts';
import { necessaryValues } from '../compile/necessary-values.ts';
import { readRuleSet, readTestFiles } from '../files/load-rule-folder.ts';
import { type LoadedRule, readRules } from '../files/load-rules.ts';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import { isOfAnother, noRuleMessage, ruleUnderTest } from './choose-rules.ts';
import { type Place, type ReadTestFile, readTestFile } from './test-file.ts';

const technique = /^(?:T\d{4}(?:\.\d{3})?|MS-TA\d{4})$/;

const isTactic = (name: string): boolean => (tactics as readonly string[]).includes(name);

/** Without a warning's mending a rule works as it stands. */
export type LintSeverity = 'error' | 'warning';

export interface LintProblem extends RuleProblem {
  readonly severity: LintSeverity;
}

interface Mistake extends Pick<RuleProblem, 'message' | 'expected'> {
  readonly severity: LintSeverity;
}

const asError = (mistake: Omit<Mistake, 'severity'>): Mistake => ({ ...mistake, severity: 'error' });
const asWarning = (mistake: Omit<Mistake, 'severity'>): Mistake => ({ ...mistake, severity: 'warning' });

/** What a reader of the alert misses, by key. */
const keysForReaders: readonly (readonly [
  key: string,
  what: string,
  isThere: (rule: LoadedRule) => boolean,
])[] = [
  [
    'title',
    'what happened, in a few words',
    ({ info }) => info.title !== info.name || info.text.includes('\ntitle:'),
  ],
  ['why', 'why this matters', ({ info }) => info.why !== undefined],
  ['benign', 'known harmless causes', ({ info }) => (info.benign?.length ?? 0) > 0],
  ['respond', 'what to do', ({ info }) => (info.respond?.length ?? 0) > 0],
  ['attack.tactics', 'tactics of ATT&CK', ({ info }) => info.tactics.length > 0],
  ['attack.techniques', 'technique ids', ({ info }) => info.techniques.length > 0],
];

function keyMistakes(rule: LoadedRule): readonly Mistake[] {
  const missing = keysForReaders.filter(([, , isThere]) => !isThere(rule));
  if (missing.length === 0) return [];
  const names = missing.map(([key]) => `"${key}"`).join(', ');
  return [
    asWarning({
      message: `${names} ${missing.length === 1 ? 'is' : 'are'} missing, which readers of its alerts need`,
      expected: missing.map(([key, what]) => `${key}: ${what}`).join('; '),
    }),
  ];
}

function attackMistakes({ info }: LoadedRule): readonly Mistake[] {
  return [
    ...info.techniques
      .filter((id) => !technique.test(id))
      .map((id) =>
        asError({ message: `"${id}" is no technique id`, expected: 'T1234, T1234.001 or MS-TA1234' }),
      ),
    ...info.tactics
      .filter((name) => !isTactic(name))
      .map((name) =>
        asError({ message: `"${name}" is no tactic`, expected: `one of ${tactics.join(', ')}` }),
      ),
  ];
}

/** Rules that share a file cannot all have its name. */
function nameMistakes({ info }: LoadedRule, isAlone: boolean): readonly Mistake[] {
  const wanted = basename(info.file).replace(/\.ya?ml$/, '');
  return info.id === wanted || !isAlone
    ? []
    : [asWarning({ message: `the id "${info.id}" is not the file's name`, expected: `\`id: ${wanted}\`` })];
}

function scopeMistakes({ info, condition }: LoadedRule): readonly Mistake[] {
  if (info.source !== 'syscall' || necessaryValues(condition, 'evt.type') !== undefined) return [];
  return [
    asWarning({
      message: 'the condition names no evt.type, so it is tried on every event',
      expected: 'a macro such as spawned_process',
    }),
  ];
}

/** Values that exclude each other, such as two verbs joined by `and`. */
function deadMistakes({ condition, kinds }: LoadedRule): readonly Mistake[] {
  const dead = ['ka.verb', 'ka.target.resource', 'ka.target.subresource', 'ka.stage', 'proc.name'].find(
    (field) => necessaryValues(condition, field)?.size === 0,
  );
  if (dead !== undefined)
    return [
      asError({
        message: 'the condition can never hold',
        expected: `one value of ${dead} that fits all its parts`,
      }),
    ];
  return kinds.length > 0
    ? []
    : [asWarning({ message: 'the condition can never hold', expected: 'an evt.type that Yagura records' })];
}

function testMistakes(tests: ReadTestFile | undefined): readonly Mistake[] {
  if (tests === undefined)
    return [
      asWarning({
        message: 'the rule has no tests',
        expected: 'a file beside it, named as it is, that ends in .test.yaml',
      }),
    ];
  if (!tests.ok) return [];
  const fires = tests.cases.some(({ alerts }) => alerts.length > 0);
  const silent = tests.cases.some(({ alerts }) => alerts.length === 0);
  return [
    ...(fires
      ? []
      : [asWarning({ message: 'no test in which the rule fires', expected: 'a case with `alerts`' })]),
    ...(silent
      ? []
      : [
          asWarning({
            message: 'no test in which the rule stays silent',
            expected: 'a case with `silent: true`',
          }),
        ]),
  ];
}

interface LintedTests {
  readonly path: string;
  readonly read: ReadTestFile;
  readonly rule: LoadedRule | undefined;
}

/** Of tests files themselves: those that cannot be read, and those that no rule is tested by. */
function testFileProblem(
  { path, read, rule }: LintedTests,
  all: readonly LoadedRule[],
): readonly LintProblem[] {
  const at = (place: Place, message: string): LintProblem => ({
    ...{ file: path, ...place },
    ...asError({ message }),
  });
  if (!read.ok) return [at(read.place, read.message)];
  return rule === undefined ? [at({ line: 1, column: 1 }, noRuleMessage(path, all))] : [];
}

/** Also holds all problems and notices of loading. `lists`: folders of lists that stand in for those beside the rules. */
export async function lintRules(
  place: string | URL,
  lists: readonly string[] = [],
): Promise<readonly LintProblem[]> {
  const { files, data } = await readRuleSet(place, lists);
  const read = readRules(files, data);
  const rules = read.rules.flatMap(({ loaded, at }) => (loaded === undefined ? [] : [{ loaded, at }]));
  const all = rules.map(({ loaded }) => loaded);
  const tests = (await readTestFiles(place))
    .map((file) => ({ path: file.path, read: readTestFile(file), rule: ruleUnderTest(file.path, all) }))
    .filter(({ path, rule }) => rule !== undefined || !isOfAnother(path, place));
  const testsOf = new Map(tests.map((each) => [each.rule, each.read]));
  const found = rules.flatMap(({ loaded, at }) =>
    [
      ...keyMistakes(loaded),
      ...attackMistakes(loaded),
      ...nameMistakes(loaded, all.filter(({ info }) => info.file === loaded.info.file).length === 1),
      ...scopeMistakes(loaded),
      ...deadMistakes(loaded),
      ...testMistakes(testsOf.get(loaded)),
    ].map(({ message, expected, severity }) => ({
      ...problemAt(at, `${loaded.info.id}: ${message}`, expected),
      severity,
    })),
  );
  return [
    ...[...read.problems, ...read.rules.flatMap((rule) => rule.problems)].map((each) => ({
      ...each,
      ...asError(each),
    })),
    ...tests.flatMap((each) => testFileProblem(each, all)),
    ...read.notices.map((each) => ({ ...each, ...asWarning(each) })),
    ...found,
  ];
}
