// Finds the rule that a tests file is about, with the lists that the file puts in the place of others.
import { basename } from 'node:path';
import type { RuleInfo } from '@yagura/contracts';
import type { DataFiles } from '../data/data-files.ts';
import { type LoadedRule, loadRules } from '../files/load-rules.ts';
import type { RuleFile } from '../files/read-items.ts';

export type Lists = Readonly<Record<string, readonly string[]>>;
export type ChooseRule = (testFile: string, lists: Lists) => LoadedRule | undefined;

const stemOf = (path: string): string => path.replace(/(?:\.test)?\.ya?ml$/, '');

export const nameOfTestFile = (path: string): string => basename(stemOf(path));

/** Compiled or only told of. */
interface KnownRule {
  readonly info: Pick<RuleInfo, 'id' | 'file'>;
}

const besides = <Rule extends KnownRule>(testFile: string, rules: readonly Rule[]): readonly Rule[] =>
  rules.filter(({ info }) => stemOf(info.file) === stemOf(testFile));

/** The rule whose id the tests file is named after, or the only one of the rule file that it is named after. */
export function ruleUnderTest<Rule extends KnownRule>(
  testFile: string,
  rules: readonly Rule[],
): Rule | undefined {
  const named = rules.find(({ info }) => info.id === nameOfTestFile(testFile));
  const beside = besides(testFile, rules);
  return named ?? (beside.length === 1 ? beside[0] : undefined);
}

/** Beside one rule file stand the tests of others, too. */
export const isOfAnother = (testFile: string, place: string | URL): boolean =>
  typeof place === 'string' && /\.ya?ml$/.test(place) && stemOf(place) !== stemOf(testFile);

/** Why there is no rule under test, and how to mend it. */
export function noRuleMessage(testFile: string, rules: readonly LoadedRule[]): string {
  const name = nameOfTestFile(testFile);
  const ids = besides(testFile, rules).map(({ info }) => info.id);
  const mend =
    ids.length === 0
      ? 'name the tests file as the rule file beside it, or after the id of a rule that loads'
      : `the rule file beside it holds ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ' …' : ''}: name a tests file after one of these`;
  return `there is no rule with the id "${name}"; ${mend}`;
}

const withLists = (data: DataFiles, lists: Lists): DataFiles =>
  new Map([
    ...data,
    ...Object.entries(lists).map(([name, lines]) => [name, { path: name, text: lines.join('\n') }] as const),
  ]);

export interface Choice {
  readonly rules: readonly LoadedRule[];
  readonly files: readonly RuleFile[];
  readonly data: DataFiles;
}

/** Rules with the same lists are loaded once. */
export function createChoice({ rules, files, data }: Choice): ChooseRule {
  const loaded = new Map<string, readonly LoadedRule[]>([['{}', rules]]);
  return (testFile, lists) => {
    const key = JSON.stringify(lists);
    const own = loaded.get(key) ?? loadRules(files, withLists(data, lists)).rules;
    loaded.set(key, own);
    return ruleUnderTest(testFile, own);
  };
}
