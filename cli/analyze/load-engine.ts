// An engine with the rules that come with Yagura and those that the user adds.
import { builtinRules, createEngine, type Engine, formatProblem, loadRuleFolder } from '@yagura/detection';

export interface RuleChoice {
  readonly rules?: readonly string[];
  readonly builtin: boolean;
}

export interface LoadedEngine {
  readonly engine: Engine;
  /** One line each: file, line, column and what was expected. The other rules work. */
  readonly problems: readonly string[];
}

export async function loadEngine(choice: RuleChoice): Promise<LoadedEngine> {
  const folders: (string | URL)[] = [...(choice.builtin ? [builtinRules] : []), ...(choice.rules ?? [])];
  const loaded = await Promise.all(folders.map((folder) => loadRuleFolder(folder)));
  return {
    engine: createEngine(loaded.flatMap(({ rules }) => rules)),
    problems: loaded.flatMap(({ problems }) => problems.map(formatProblem)),
  };
}
