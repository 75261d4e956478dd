// What a rule must have beside a condition that works, so that whoever gets its alert can act.
import { basename } from 'node:path';
import { tactics } from '@yagura/contracts';
import { necessaryValues } from '../compile/necessary-values.ts';
import { readRuleSet, readTestFiles } from '../files/load-rule-folder.ts';
import { type LoadedRule, readRules } from '../files/load-rules.ts';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import { ruleUnderTest } from './choose-rules.ts';
import { type ReadTestFile, readTestFile } from './test-file.ts';

const technique = /^(?:T\d{4}(?:\.\d{3})?|MS-TA\d{4})$/;

const isTactic = (name: string): boolean => (tactics as readonly string[]).includes(name);

type Mistake = Pick<RuleProblem, 'message' | 'expected'>;

function keyMistakes({ info }: LoadedRule): readonly Mistake[] {
  const missing = (key: string, expected: string): Mistake => ({ message: `"${key}" is missing`, expected });
  return [
    ...(info.title === info.name && !info.text.includes('\ntitle:')
      ? [missing('title', 'what happened, in a few words')]
      : []),
    ...(info.why === undefined ? [missing('why', 'why this matters')] : []),
    ...(info.benign?.length ? [] : [missing('benign', 'known harmless causes')]),
    ...(info.respond?.length ? [] : [missing('respond', 'what to do')]),
    ...(info.tactics.length > 0 ? [] : [missing('attack.tactics', 'tactics of ATT&CK')]),
    ...(info.techniques.length > 0 ? [] : [missing('attack.techniques', 'technique ids')]),
  ];
}

function attackMistakes({ info }: LoadedRule): readonly Mistake[] {
  return [
    ...info.techniques
      .filter((id) => !technique.test(id))
      .map((id) => ({ message: `"${id}" is no technique id`, expected: 'T1234, T1234.001 or MS-TA1234' })),
    ...info.tactics
      .filter((name) => !isTactic(name))
      .map((name) => ({ message: `"${name}" is no tactic`, expected: tactics.join(', ') })),
  ];
}

/** Rules that share a file cannot all have its name. */
function nameMistakes({ info }: LoadedRule, isAlone: boolean): readonly Mistake[] {
  const wanted = basename(info.file).replace(/\.ya?ml$/, '');
  return info.id === wanted || !isAlone
    ? []
    : [{ message: `the id "${info.id}" is not the file's name`, expected: `\`id: ${wanted}\`` }];
}

function scopeMistakes({ info, condition }: LoadedRule): readonly Mistake[] {
  if (info.source !== 'syscall' || necessaryValues(condition, 'evt.type') !== undefined) return [];
  return [
    {
      message: 'the condition names no evt.type, so it is tried on every event',
      expected: 'a macro such as spawned_process',
    },
  ];
}

/** Values that exclude each other, such as two verbs joined by `and`. */
function deadMistakes({ condition, kinds }: LoadedRule): readonly Mistake[] {
  const dead = ['ka.verb', 'ka.target.resource', 'ka.target.subresource', 'ka.stage', 'proc.name'].find(
    (field) => necessaryValues(condition, field)?.size === 0,
  );
  if (dead !== undefined)
    return [
      { message: 'the condition can never hold', expected: `one value of ${dead} that fits all its parts` },
    ];
  return kinds.length > 0
    ? []
    : [{ message: 'the condition can never hold', expected: 'an evt.type that Yagura records' }];
}

function testMistakes(tests: ReadTestFile | undefined): readonly Mistake[] {
  if (tests === undefined)
    return [
      {
        message: 'the rule has no tests',
        expected: 'a file beside it, named as it is, that ends in .test.yaml',
      },
    ];
  if (!tests.ok) return [{ message: `its tests cannot be read: ${tests.message}` }];
  const fires = tests.cases.some(({ alerts }) => alerts.length > 0);
  const silent = tests.cases.some(({ alerts }) => alerts.length === 0);
  return [
    ...(fires ? [] : [{ message: 'no test in which the rule fires', expected: 'a case with `alerts`' }]),
    ...(silent
      ? []
      : [{ message: 'no test in which the rule stays silent', expected: 'a case with `silent: true`' }]),
  ];
}

/** Also holds all problems and notices of loading. `lists`: folders of lists that stand in for those beside the rules. */
export async function lintRules(
  place: string | URL,
  lists: readonly string[] = [],
): Promise<readonly RuleProblem[]> {
  const { files, data } = await readRuleSet(place, lists);
  const read = readRules(files, data);
  const rules = read.rules.flatMap(({ loaded, at }) => (loaded === undefined ? [] : [{ loaded, at }]));
  const all = rules.map(({ loaded }) => loaded);
  const tests = new Map(
    (await readTestFiles(place)).map((file) => [ruleUnderTest(file.path, all), readTestFile(file)]),
  );
  const found = rules.flatMap(({ loaded, at }) =>
    [
      ...keyMistakes(loaded),
      ...attackMistakes(loaded),
      ...nameMistakes(loaded, all.filter(({ info }) => info.file === loaded.info.file).length === 1),
      ...scopeMistakes(loaded),
      ...deadMistakes(loaded),
      ...testMistakes(tests.get(loaded)),
    ].map(({ message, expected }) => problemAt(at, `${loaded.info.id}: ${message}`, expected)),
  );
  const problems = [...read.problems, ...read.rules.flatMap((rule) => rule.problems)];
  return [...problems, ...read.notices, ...found];
}
