// Which rules a search and filters leave, and in which order.
import { type HubRule, severityRank } from '@yagura/contracts';
import { stateWords } from '../../rules/cost-text.ts';

export const sortChoices = ['severity', 'title', 'seen', 'matched', 'time'] as const;
export type RuleSort = (typeof sortChoices)[number];

/** As it stands in the address; what is left out is any. */
export interface RuleFilter {
  readonly text?: string | undefined;
  readonly type?: string | undefined;
  readonly severity?: string | undefined;
  readonly source?: string | undefined;
  readonly state?: string | undefined;
  readonly origin?: string | undefined;
  readonly sort?: string | undefined;
}

const hasWords = (rule: HubRule, text: string): boolean => {
  const all = [
    ...[rule.id, rule.title, rule.severity, rule.source, rule.condition],
    ...rule.techniques,
    ...rule.tactics,
  ]
    .join(' ')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
};

const isAny = (wanted: string | undefined, is: string): boolean => wanted === undefined || wanted === is;

const orders: Record<RuleSort, (a: HubRule, b: HubRule) => number> = {
  severity: (a, b) => severityRank(b.severity) - severityRank(a.severity),
  title: () => 0,
  seen: (a, b) => b.cost.seen - a.cost.seen,
  matched: (a, b) => b.cost.matched - a.cost.matched,
  time: (a, b) => b.cost.microseconds - a.cost.microseconds,
};

const orderOf = (sort: string | undefined): RuleSort =>
  sortChoices.find((choice) => choice === sort) ?? 'severity';

export function findRules(rules: readonly HubRule[], filter: RuleFilter): readonly HubRule[] {
  const compare = orders[orderOf(filter.sort)];
  return rules
    .filter(
      (rule) =>
        hasWords(rule, filter.text ?? '') &&
        isAny(filter.type, rule.type ?? 'match') &&
        isAny(filter.severity, rule.severity) &&
        isAny(filter.source, rule.source) &&
        isAny(filter.state, stateWords(rule)) &&
        isAny(filter.origin, rule.origin),
    )
    .sort((a, b) => compare(a, b) || a.title.localeCompare(b.title));
}
