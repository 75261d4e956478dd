// What would break if a rule file of the hub went: others may use its lists and macros, or change its rules.
import { formatProblem, loadRules } from '@yagura/detection';
import { builtinOf, type CheckDraftOptions } from './check-draft.ts';
import { hubSource } from './rule-source.ts';

export type CheckRemovalOptions = Omit<CheckDraftOptions, 'draft' | 'countries'>;

/** Problems that are not there already. */
export function checkRemoval({ name, files, sources, compiled }: CheckRemovalOptions): readonly string[] {
  const others = files.filter((file) => file.name !== name);
  const source = hubSource(others, builtinOf(sources));
  const known = new Set(compiled.find(({ origin }) => origin === 'hub')?.problems.map(formatProblem));
  return loadRules(source.files, source.data)
    .problems.map(formatProblem)
    .filter((problem) => !known.has(problem));
}
