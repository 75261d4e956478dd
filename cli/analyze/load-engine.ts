// An engine with the rules that come with Yagura and those that the user adds.
import { builtinRules, createEngine, type Engine, loadCountries, readListsFor } from '@yagura/detection';
import { loadRuleSet, problemLine, unreadLists, withUniqueIds } from './load-rule-set.ts';

export interface RuleChoice {
  readonly rules?: readonly string[];
  readonly lists?: readonly string[];
  readonly builtin: boolean;
}

export interface LoadedEngine {
  readonly engine: Engine;
  /** One line each: file, line, column and what was expected. The other rules work. */
  readonly problems: readonly string[];
}

export async function loadEngine(choice: RuleChoice): Promise<LoadedEngine> {
  const folders: (string | URL)[] = [...(choice.builtin ? [builtinRules] : []), ...(choice.rules ?? [])];
  const { rules, problems } = withUniqueIds(await loadRuleSet(folders, choice.lists));
  const table = loadCountries(await readListsFor(builtinRules, choice.lists));
  return {
    engine: createEngine(rules, { countries: table.countries }),
    problems: [
      ...problems,
      ...table.problems.map(problemLine),
      ...(await unreadLists(folders, choice.lists)),
    ],
  };
}
