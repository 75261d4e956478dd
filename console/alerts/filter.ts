// The filter of the alert list: how it is read from the page's address, asked of the hub, and held against one alert.
import {
  type AlertQuery,
  type AlertSummary,
  alertStatuses,
  isSeverity,
  type Severity,
} from '@yagura/contracts';
import { rangeStartMs } from './time-range.ts';

export const statusChoices = [...alertStatuses, 'all'] as const;
export type StatusChoice = (typeof statusChoices)[number];

/** `since` is RFC 3339 or an age such as `24h`, so that a shared address means "the last day" on every day. */
export interface AlertFilter {
  readonly status: StatusChoice;
  readonly severity?: Severity | undefined;
  /** Suppressed alerts are left out unless it is given. */
  readonly suppressed?: 'true' | 'all' | undefined;
  readonly rule?: string | undefined;
  readonly cluster?: string | undefined;
  readonly namespace?: string | undefined;
  readonly node?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

export const entityNames = ['cluster', 'namespace', 'node'] as const;
export type EntityName = (typeof entityNames)[number];

const text = (value: unknown): string | undefined =>
  (typeof value === 'string' || typeof value === 'number') && value !== '' ? String(value) : undefined;

const time = (value: unknown): string | undefined => {
  const given = text(value);
  return given !== undefined && rangeStartMs(given, 0) !== undefined ? given : undefined;
};

const isStatusChoice = (value: unknown): value is StatusChoice =>
  statusChoices.includes(value as StatusChoice);

const suppressedIn = (value: unknown): AlertFilter['suppressed'] =>
  value === 'true' || value === 'all' ? value : undefined;

/** What an address says, without what it says wrongly: a mistyped value filters nothing. */
export function parseFilter(search: Readonly<Record<string, unknown>>): AlertFilter {
  return {
    status: isStatusChoice(search['status']) ? search['status'] : 'open',
    severity: isSeverity(search['severity']) ? search['severity'] : undefined,
    suppressed: suppressedIn(search['suppressed']),
    rule: text(search['rule']),
    cluster: text(search['cluster']),
    namespace: text(search['namespace']),
    node: text(search['node']),
    since: time(search['since']),
    until: time(search['until']),
  };
}

/** The address keeps what differs from the plain list: all open alerts. */
export function filterSearch(filter: Partial<AlertFilter>): Record<string, string | undefined> {
  const { status, severity, suppressed, rule, cluster, namespace, node, since, until } = filter;
  return {
    status: status === 'open' ? undefined : status,
    severity,
    suppressed,
    rule,
    cluster,
    namespace,
    node,
    since,
    until,
  };
}

const instant = (value: string | undefined, nowMs: number): string | undefined => {
  const ms = value === undefined ? undefined : rangeStartMs(value, nowMs);
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

const defined = <T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

export function toAlertQuery(filter: AlertFilter, nowMs: number): AlertQuery {
  const { status, since, until, ...same } = filter;
  return defined({
    ...same,
    status: status === 'all' ? undefined : status,
    since: instant(since, nowMs),
    until: instant(until, nowMs),
  });
}

/** Whether a live alert belongs into the list that the hub answered for this filter. */
export function matchesFilter(alert: AlertSummary, filter: AlertFilter, nowMs: number): boolean {
  const seenMs = Date.parse(alert.lastSeenAt);
  const fromMs = filter.since === undefined ? undefined : rangeStartMs(filter.since, nowMs);
  const toMs = filter.until === undefined ? undefined : rangeStartMs(filter.until, nowMs);
  return (
    (filter.status === 'all' || alert.status === filter.status) &&
    (filter.suppressed === 'all' || (alert.suppressedBy !== undefined) === (filter.suppressed === 'true')) &&
    (filter.severity === undefined || alert.severity === filter.severity) &&
    (filter.rule === undefined || alert.rule === filter.rule) &&
    entityNames.every((name) => filter[name] === undefined || alert.entities[name] === filter[name]) &&
    (fromMs === undefined || seenMs >= fromMs) &&
    (toMs === undefined || seenMs <= toMs)
  );
}

/** Whether anything narrows the list besides its status. */
export const isNarrowed = (filter: AlertFilter): boolean => {
  const { status: _, ...narrowing } = filter;
  return Object.values(narrowing).some((value) => value !== undefined);
};
