// Decides what, if anything, a destination is told of an alert that changed; a pure question.
import type { AlertChangeKind, AlertSummary, ExportFilter } from '@yagura/contracts';
import { severityRank } from '@yagura/contracts';
import { compileGlob } from '@yagura/detection';

/** What the destination knows of the alert. */
export interface Told {
  readonly status: 'open' | 'closed';
  readonly messages: number;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
}

/** `undefined`: nothing new. What a destination never heard of is not closed for it. */
function changeOf(alert: Pick<AlertSummary, 'status'>, told: Told | undefined): AlertChangeKind | undefined {
  if (alert.status === 'closed') return told?.status === 'open' ? 'closed' : undefined;
  if (told === undefined) return 'raised';
  return told.status === 'closed' ? 'reopened' : 'counted';
}

const defaultChanges: readonly AlertChangeKind[] = ['raised', 'reopened', 'closed'];
const defaultCountEveryMinutes = 60;

export interface Choice {
  readonly change: AlertChangeKind;
  /** Else it is only noted: a later closing can be told though the raising was not. */
  readonly isSent: boolean;
}

export type Choose = (alert: AlertSummary, told: Told | undefined, now: number) => Choice | undefined;

export function createChoose(filter: ExportFilter): Choose {
  const passes = compileFilter(filter);
  const changes = new Set(filter.changes ?? defaultChanges);
  const countEveryMs = (filter.countEveryMinutes ?? defaultCountEveryMinutes) * 60_000;
  return (alert, told, now) => {
    if (alert.suppressedBy !== undefined || !passes(alert)) return undefined;
    const change = changeOf(alert, told);
    if (change === undefined) return undefined;
    if (change !== 'counted') return { change, isSent: changes.has(change) };
    const isDue = told === undefined || now - told.sentAt >= countEveryMs;
    return changes.has('counted') && isDue ? { change, isSent: true } : undefined;
  };
}

function compileFilter({
  minSeverity,
  clusters,
  namespaces,
  rules,
}: ExportFilter): (alert: AlertSummary) => boolean {
  const anyOf = (patterns: readonly string[] | undefined): ((value: string | undefined) => boolean) => {
    if (patterns === undefined) return () => true;
    const tests = patterns.map(compileGlob);
    return (value) => value !== undefined && tests.some((test) => test(value));
  };
  const [inCluster, inNamespace, ofRule] = [anyOf(clusters), anyOf(namespaces), anyOf(rules)];
  const least = severityRank(minSeverity ?? 'informational');
  return ({ severity, rule, entities }) =>
    severityRank(severity) >= least &&
    inCluster(entities.cluster) &&
    inNamespace(entities.namespace) &&
    ofRule(rule);
}
