// One rule by its id or name, of those that come with Yagura and those of a user's folders.
import {
  builtinRules,
  type Countries,
  formatProblem,
  type LoadedRule,
  loadCountries,
  readListsFor,
} from '@yagura/detection';
import { loadRuleSet, unreadLists } from '../analyze/load-rule-set.ts';
import { CliError } from '../errors.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { FolderOptions } from './folder-options.ts';

export interface FoundRule {
  readonly rule: LoadedRule;
  /** What its fields look addresses up in. */
  readonly countries: Countries;
}

/** A rule of a user's folder goes before one of the same id that comes with Yagura. */
export async function findRule(id: string, options: FolderOptions, terminal: Terminal): Promise<FoundRule> {
  const { rules, problems } = await loadRuleSet([builtinRules, ...(options.rules ?? [])], options.lists);
  const table = loadCountries(await readListsFor(builtinRules, options.lists));
  const unread = await unreadLists(options.rules ?? [], options.lists);
  for (const problem of [...problems, ...table.problems.map(formatProblem), ...unread])
    terminal.note(`left out: ${problem}\n`);
  const rule = rules.findLast(({ info }) => info.id === id || info.name === id);
  if (rule !== undefined) return { rule, countries: table.countries };
  throw new CliError('OPTION_INVALID', `there is no rule ${JSON.stringify(id)}`, {
    mend: '`yagura rules list` shows the ids of all rules.',
  });
}
