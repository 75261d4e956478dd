// An engine with the rules that come with Yagura and those that the user adds.
import {
  builtinRules,
  createEngine,
  type Engine,
  formatProblem,
  loadCountries,
  loadRuleFolder,
  readListsFor,
} from '@yagura/detection';

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
  const loaded = await Promise.all(folders.map((folder) => loadRuleFolder(folder, choice.lists)));
  const { countries, problems } = loadCountries(await readListsFor(builtinRules, choice.lists));
  return {
    engine: createEngine(
      loaded.flatMap(({ rules }) => rules),
      { countries },
    ),
    problems: [...loaded.flatMap((each) => each.problems), ...problems].map(formatProblem),
  };
}
