// Tables of alerts and of the occurrences that were counted into them.
import type { AlertSource, CloseReason, Entities, Evidence, RuleSnapshot, Severity } from '@yagura/contracts';
import type { ColumnType, Generated } from 'kysely';

/** Written as JSON text, read parsed. */
type Json<T> = ColumnType<T, string, string>;

export interface AlertTable {
  id: string;
  rule: string;
  rule_version: string;
  title: string;
  severity: Severity;
  source: AlertSource;
  count: number;
  first_seen_at: string;
  last_seen_at: string;
  message: string;
  tactics: Json<string[]>;
  techniques: Json<string[]>;
  entities: Json<Entities>;
  cluster: string | null;
  namespace: string | null;
  node: string | null;
  evidence: Json<Evidence[]>;
  event: Json<unknown>;
  rule_snapshot: Json<RuleSnapshot>;
  raised_at: Generated<string>;
  status: Generated<'open' | 'closed'>;
  close_reason: CloseReason | null;
  close_comment: string | null;
  closed_by: string | null;
  closed_at: string | null;
  /** As the last occurrence found it; a suppression that has ended may still stand here. */
  suppressed_by: string | null;
  /** Grows with each raise, count, closing and reopening: where a client that lost its stream goes on. */
  change: Generated<number>;
}

export interface AlertOccurrenceTable {
  alert_id: string;
  event_id: string;
  recorded_at: Generated<string>;
}

export interface AlertTables {
  alerts: AlertTable;
  alert_occurrences: AlertOccurrenceTable;
}
