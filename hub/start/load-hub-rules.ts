// Loads the built-in rules and those of the operator's folders; what is wrong in one costs only itself.
import { formatProblem, type LoadedRule, loadRuleFolder } from '@yagura/detection';
import type { Logger } from '@yagura/kit';

export interface HubRules {
  readonly rules: readonly LoadedRule[];
  readonly problems: readonly string[];
}

/** Each folder has lists and macros of its own, so that Falco's names may be used in several. Ids are unique over all. */
export async function loadHubRules(folders: readonly (string | URL)[], log: Logger): Promise<HubRules> {
  const rules = new Map<string, LoadedRule>();
  const problems: string[] = [];
  for (const folder of folders) {
    const loaded = await loadRuleFolder(folder).catch((error: Error) => error);
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
  for (const problem of problems) log.warn({ problem }, 'a rule was not loaded');
  log.info({ rules: rules.size, problems: problems.length }, 'rules are loaded');
  return { rules: [...rules.values()], problems };
}
