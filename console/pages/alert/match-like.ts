// The suppression that would fit an alert and what is like it.
import type { AlertSummary, SuppressionMatch } from '@yagura/contracts';

/** Rule and place, not the pod: its name changes with each roll-out. A person widens or narrows it. */
export function matchLike({ rule, entities }: Pick<AlertSummary, 'rule' | 'entities'>): SuppressionMatch {
  const { cluster, namespace, user, image } = entities;
  const all = { rule, cluster, namespace, user, image };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
