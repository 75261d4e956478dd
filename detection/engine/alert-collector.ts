// Groups matches into alerts in memory, each with its count of distinct occurrences; for runs without a store.
import type { AlertDraft } from '@yagura/contracts';
import { toAlertDraft } from './alert-draft.ts';
import type { Match } from './match.ts';

interface Group {
  readonly first: AlertDraft;
  readonly occurrences: Set<string>;
  uncounted: number;
  earliest: string;
  latest: string;
}

/** Memory for occurrence ids, about 100 bytes each; beyond it a repeated occurrence would count again. */
const defaultLimit = 2_000_000;

export interface AlertCollector {
  /** True when the match began a new alert. */
  readonly add: (match: Match) => boolean;
  /** In the order in which they were first seen. */
  readonly drafts: () => readonly AlertDraft[];
  /** False once there were more occurrences than can be told apart. */
  readonly isExact: () => boolean;
}

const isUtc = (time: string): boolean => time[10] === 'T' && time.endsWith('Z');

const isBefore = (one: string, other: string): boolean => {
  // Written alike they stand in the order of their characters.
  if (one.length === other.length && isUtc(one) && isUtc(other)) return one < other;
  const difference = Date.parse(one) - Date.parse(other);
  // Within a millisecond, and for times that do not parse, the text decides.
  return Number.isNaN(difference) || difference === 0 ? one < other : difference < 0;
};

export function createAlertCollector(limit = defaultLimit): AlertCollector {
  const groups = new Map<string, Group>();
  let kept = 0;

  const count = (group: Group, match: Match): void => {
    if (group.occurrences.has(match.occurrenceId)) return;
    if (kept >= limit) group.uncounted += 1;
    else {
      group.occurrences.add(match.occurrenceId);
      kept += 1;
    }
  };

  return {
    add: (match) => {
      const { time } = match.event;
      const known = groups.get(match.alertId);
      const group = known ?? {
        first: toAlertDraft(match),
        occurrences: new Set(),
        uncounted: 0,
        earliest: time,
        latest: time,
      };
      if (known === undefined) groups.set(match.alertId, group);
      count(group, match);
      if (isBefore(time, group.earliest)) group.earliest = time;
      if (isBefore(group.latest, time)) group.latest = time;
      return known === undefined;
    },
    drafts: () =>
      [...groups.values()].map((group) => ({
        ...group.first,
        count: group.occurrences.size + group.uncounted,
        firstSeenAt: group.earliest,
        lastSeenAt: group.latest,
      })),
    isExact: () => [...groups.values()].every((group) => group.uncounted === 0),
  };
}
