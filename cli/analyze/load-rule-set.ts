// The rules of some folders and files, each with lists and macros of its own, and what is wrong in them.
import {
  builtinRules,
  formatProblem,
  type LoadedRule,
  listNotices,
  loadRuleFolder,
  type RuleProblem,
  readRuleFiles,
  takenIdMessage,
} from '@yagura/detection';
import { plain } from '../terminal/table.ts';

/** Rules and lists come from outside, and a problem quotes them. */
export const problemLine = (problem: RuleProblem): string => plain(formatProblem(problem));

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
    problems: loaded.flatMap(({ problems }) => problems.map(problemLine)),
  };
}

/** Files of the user's lists that do nothing. `folders`: all rules that may name lists. */
export async function unreadLists(
  folders: readonly (string | URL)[],
  lists: readonly string[] = [],
): Promise<readonly string[]> {
  if (lists.length === 0) return [];
  const places = [...new Set([builtinRules, ...folders])];
  const files = await Promise.all(places.map((place) => readRuleFiles(place)));
  return (await listNotices(lists, files.flat())).map(plain);
}

/** As in the hub: of two rules with one id the one that was there before runs, and the other is told. */
export function withUniqueIds({ rules, problems }: RuleSet): RuleSet {
  const owners = new Map<string, LoadedRule>();
  const taken: string[] = [];
  for (const rule of rules) {
    const owner = owners.get(rule.info.id);
    if (owner === undefined) owners.set(rule.info.id, rule);
    else taken.push(takenIdMessage(rule, owner.info.file));
  }
  return { rules: [...owners.values()], problems: [...problems, ...taken] };
}
