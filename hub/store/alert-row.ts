// From a row of `alerts` to the contracts' alert.
import type { Alert, AlertSummary } from '@yagura/contracts';
import type { Selectable } from 'kysely';
import type { AlertTable } from './alert-tables.ts';

/** All that a list shows; evidence, event and rule text are read for one alert at a time. */
export const summaryColumns = [
  'id',
  'rule',
  'rule_version',
  'title',
  'severity',
  'source',
  'count',
  'first_seen_at',
  'last_seen_at',
  'message',
  'tactics',
  'techniques',
  'entities',
  'raised_at',
  'status',
  'close_reason',
  'close_comment',
  'closed_by',
  'closed_at',
  'suppressed_by',
] as const satisfies readonly (keyof AlertTable)[];

export type AlertRow = Pick<Selectable<AlertTable>, (typeof summaryColumns)[number]>;

export function toSummary(row: AlertRow): AlertSummary {
  return {
    id: row.id,
    rule: row.rule,
    ruleVersion: row.rule_version,
    title: row.title,
    severity: row.severity,
    source: row.source,
    count: row.count,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    message: row.message,
    tactics: row.tactics,
    techniques: row.techniques,
    entities: row.entities,
    raisedAt: row.raised_at,
    status: row.status,
    ...(row.close_reason === null ? {} : { closeReason: row.close_reason }),
    ...(row.close_comment === null ? {} : { closeComment: row.close_comment }),
    ...(row.closed_by === null ? {} : { closedBy: row.closed_by }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    ...(row.suppressed_by === null ? {} : { suppressedBy: row.suppressed_by }),
  };
}

export function toAlert(row: Selectable<AlertTable>): Alert {
  return {
    ...toSummary(row),
    evidence: row.evidence,
    event: row.event,
    ruleSnapshot: row.rule_snapshot,
  };
}
