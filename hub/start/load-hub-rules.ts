// Loads the built-in rules and those of the operator's folders; what is wrong in one costs only itself.
import {
  builtinRules,
  type Countries,
  formatProblem,
  type LoadedRule,
  loadCountries,
  loadRuleFolder,
  readListsFor,
} from '@yagura/detection';
import type { Logger } from '@yagura/kit';

export interface HubRules {
  readonly rules: readonly LoadedRule[];
  readonly problems: readonly string[];
  /** What rules know of addresses. */
  readonly countries: Countries;
}

export interface RuleFolders {
  readonly rules: readonly (string | URL)[];
  /** Lists that stand in for those beside the rules. */
  readonly lists: readonly string[];
}

/** A folder of lists that cannot be read costs only itself: the lists that come with Yagura are then used. */
async function readableLists(folders: readonly string[], problems: string[]): Promise<readonly string[]> {
  const readable: string[] = [];
  for (const folder of folders) {
    const lists = await readListsFor(builtinRules, [folder]).catch((error: Error) => error);
    if (lists instanceof Error) problems.push(`${folder}: ${lists.message}`);
    else readable.push(folder);
  }
  return readable;
}

/** Each folder has lists and macros of its own, so that Falco's names may be used in several. Ids are unique over all. */
export async function loadHubRules(folders: RuleFolders, log: Logger): Promise<HubRules> {
  const rules = new Map<string, LoadedRule>();
  const problems: string[] = [];
  const lists = await readableLists(folders.lists, problems);
  for (const folder of folders.rules) {
    const loaded = await loadRuleFolder(folder, lists).catch((error: Error) => error);
    if (loaded instanceof Error) {
      problems.push(`${folder}: ${loaded.message}`);
      continue;
    }
    problems.push(...loaded.problems.map(formatProblem));
    for (const rule of loaded.rules) {
      const other = rules.get(rule.info.id);
      if (other === undefined) rules.set(rule.info.id, rule);
      else problems.push(`${rule.info.file}: rule id ${rule.info.id} is taken by ${other.info.file}`);
    }
  }
  const table = loadCountries(await readListsFor(builtinRules, lists));
  problems.push(...table.problems.map(formatProblem));
  for (const problem of problems) log.warn({ problem }, 'a rule was not loaded');
  log.info({ rules: rules.size, problems: problems.length }, 'rules are loaded');
  return { rules: [...rules.values()], problems, countries: table.countries };
}
