// From a row of `incidents` to the contracts' summary.
import type { IncidentSummary } from '@yagura/contracts';
import type { Selectable } from 'kysely';
import type { IncidentTable } from './incident-tables.ts';

export type IncidentRow = Selectable<IncidentTable>;

/** An incident that is new or changed, for the stream. */
export interface IncidentChange {
  readonly incident: IncidentSummary;
  /** Position in the stream; `undefined` for what a person changed: a client that was away does not miss it, it reads. */
  readonly change: number | undefined;
}

export function toIncidentSummary(row: IncidentRow): IncidentSummary {
  return {
    id: row.id,
    title: row.title,
    status: row.status,
    ...(row.merged_into === null ? {} : { mergedInto: row.merged_into }),
    severity: row.severity,
    score: row.score,
    tactics: row.tactics,
    sources: row.sources,
    alerts: row.alert_count,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    openedAt: row.opened_at,
    ...(row.owner === null ? {} : { owner: row.owner }),
    ...(row.close_reason === null ? {} : { closeReason: row.close_reason }),
    ...(row.close_comment === null ? {} : { closeComment: row.close_comment }),
    ...(row.closed_by === null ? {} : { closedBy: row.closed_by }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
  };
}
