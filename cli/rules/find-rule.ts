// One rule by its id or name, of those that come with Yagura and those of a user's folders.
import {
  builtinRules,
  type Countries,
  formatProblem,
  type LoadedRule,
  loadCountries,
  loadRuleFolder,
  readListsFor,
} from '@yagura/detection';
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
  const folders = [builtinRules, ...(options.rules ?? [])];
  const loaded = await Promise.all(folders.map((folder) => loadRuleFolder(folder, options.lists)));
  const { countries, problems } = loadCountries(await readListsFor(builtinRules, options.lists));
  for (const problem of [...loaded.flatMap((each) => each.problems), ...problems])
    terminal.note(`left out: ${formatProblem(problem)}\n`);
  const rule = loaded
    .flatMap(({ rules }) => rules)
    .findLast(({ info }) => info.id === id || info.name === id);
  if (rule !== undefined) return { rule, countries };
  throw new CliError('OPTION_INVALID', `there is no rule ${JSON.stringify(id)}`, {
    mend: '`yagura rules list` shows the ids of all rules.',
  });
}
