// The rules of some folders, each with lists and macros of its own, and what is wrong in them.
import { formatProblem, type LoadedRule, loadRuleFolder } from '@yagura/detection';

export interface RuleSet {
  readonly rules: readonly LoadedRule[];
  /** One line each: file, line, column and what was expected. The other rules work. */
  readonly problems: readonly string[];
}

export async function loadRuleSet(
  folders: readonly (string | URL)[],
  lists: readonly string[] | undefined,
): Promise<RuleSet> {
  const loaded = await Promise.all(folders.map((folder) => loadRuleFolder(folder, lists)));
  return {
    rules: loaded.flatMap(({ rules }) => rules),
    problems: loaded.flatMap(({ problems }) => problems.map(formatProblem)),
  };
}
