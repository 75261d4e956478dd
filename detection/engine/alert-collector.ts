// Groups matches into alerts in memory, each with its count of distinct occurrences; for runs without a store.
import type { AlertDraft, Severity } from '@yagura/contracts';
import { toAlertDraft } from './alert-draft.ts';
import type { Match } from './match.ts';

interface Group {
  readonly first: AlertDraft;
  readonly occurrences: Set<string>;
  uncounted: number;
  earliest: string;
  latest: string;
}

export interface CollectorLimits {
  /** Memory for occurrence ids, about 100 bytes each; beyond it a repeated occurrence would count again. */
  readonly occurrences?: number;
  /** Alerts that are kept, some kilobytes each; beyond it what would begin another is counted, by severity. */
  readonly alerts?: number;
}

export interface AlertCollector {
  readonly add: (match: Match) => void;
  /** In the order in which they were first seen. */
  readonly drafts: () => readonly AlertDraft[];
  /** False once there were more occurrences than can be told apart. */
  readonly isExact: () => boolean;
  /** Matches that would have begun one alert too many, by severity. */
  readonly leftOut: () => ReadonlyMap<Severity, number>;
}

const isUtc = (time: string): boolean => time[10] === 'T' && time.endsWith('Z');

const isBefore = (one: string, other: string): boolean => {
  // Written alike they stand in the order of their characters.
  if (one.length === other.length && isUtc(one) && isUtc(other)) return one < other;
  const difference = Date.parse(one) - Date.parse(other);
  // Within a millisecond, and for times that do not parse, the text decides.
  return Number.isNaN(difference) || difference === 0 ? one < other : difference < 0;
};

export function createAlertCollector(limits: CollectorLimits = {}): AlertCollector {
  const { occurrences: occurrenceLimit = 2_000_000, alerts: alertLimit = 100_000 } = limits;
  const groups = new Map<string, Group>();
  const leftOut = new Map<Severity, number>();
  let kept = 0;

  const count = (group: Group, match: Match): void => {
    if (group.occurrences.has(match.occurrenceId)) return;
    if (kept >= occurrenceLimit) group.uncounted += 1;
    else {
      group.occurrences.add(match.occurrenceId);
      kept += 1;
    }
  };

  const begin = (match: Match): Group | undefined => {
    const { severity } = match.rule;
    if (groups.size >= alertLimit) {
      leftOut.set(severity, (leftOut.get(severity) ?? 0) + 1);
      return undefined;
    }
    const { time } = match.event;
    const group: Group = {
      ...{ first: toAlertDraft(match), occurrences: new Set(), uncounted: 0 },
      ...{ earliest: time, latest: time },
    };
    groups.set(match.alertId, group);
    return group;
  };

  return {
    add: (match) => {
      const { time } = match.event;
      const group = groups.get(match.alertId) ?? begin(match);
      if (group === undefined) return;
      count(group, match);
      if (isBefore(time, group.earliest)) group.earliest = time;
      if (isBefore(group.latest, time)) group.latest = time;
    },
    drafts: () =>
      [...groups.values()].map((group) => ({
        ...group.first,
        count: group.occurrences.size + group.uncounted,
        firstSeenAt: group.earliest,
        lastSeenAt: group.latest,
      })),
    isExact: () => [...groups.values()].every((group) => group.uncounted === 0),
    leftOut: () => leftOut,
  };
}
