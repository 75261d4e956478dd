// Whether what somebody wrote for a rule, an id or a glob, fits a rule there is; else which may be meant.
import type { HubRule } from '@yagura/contracts';
import { compileGlob, nearestWords } from '@yagura/detection';
import { HubError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import type { RuleBook } from './rule-book.ts';

export type NamedRule = Pick<HubRule, 'id' | 'name' | 'title'>;

const shownIds = 3;
const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2);

/** The rule whose name or title this is, else ids that few letters tell apart from it, else those with most of its words. */
function idsNear(pattern: string, rules: readonly NamedRule[]): readonly string[] {
  const written = pattern.trim().toLowerCase();
  const named = rules.filter(({ name, title }) => [name, title].some((one) => one.toLowerCase() === written));
  if (named.length > 0) return named.map(({ id }) => id);
  const ids = rules.map(({ id }) => id);
  const near = nearestWords(
    pattern,
    ids.filter((id) => id !== pattern),
  );
  if (near.length > 0) return near;
  const words = wordsOf(pattern);
  const shared = (id: string): number => words.filter((word) => wordsOf(id).includes(word)).length;
  return ids
    .filter((id) => shared(id) > 0 && shared(id) * 2 >= words.length)
    .toSorted((a, b) => shared(b) - shared(a));
}

/** Undefined where a rule fits. */
export function describeUnfit(pattern: string, rules: readonly NamedRule[]): string | undefined {
  const fits = compileGlob(pattern);
  if (rules.some(({ id }) => fits(id))) return undefined;
  const near = idsNear(pattern, rules).slice(0, shownIds);
  const hint = near.length === 0 ? '`yagura rules list --hub` tells all ids' : `near it: ${near.join(', ')}`;
  return `no rule of this hub has the id ${JSON.stringify(pattern)}; ${hint}`;
}

export interface RuleFitOptions {
  readonly db: Database;
  readonly ruleBook: RuleBook;
}

/** A rule that is gone, or broken since the last start, is known by the alerts that it left. */
export async function describeUnknownRule(
  pattern: string,
  { db, ruleBook }: RuleFitOptions,
): Promise<string | undefined> {
  const problem = describeUnfit(pattern, ruleBook.rules());
  if (problem === undefined) return undefined;
  const left = await db.selectFrom('alerts').select('rule').distinct().execute();
  return left.some(({ rule }) => compileGlob(pattern)(rule)) ? undefined : problem;
}

/** `field`: where the pattern was given. */
export async function refuseUnknownRule(
  field: string,
  pattern: string | undefined,
  options: RuleFitOptions,
): Promise<void> {
  const problem = pattern === undefined ? undefined : await describeUnknownRule(pattern, options);
  if (problem !== undefined) throw new HubError('REQUEST_INVALID', `${field}: ${problem}`);
}
