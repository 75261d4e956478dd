// Tables of incidents: what belongs to them, what was said about them, and which alert named which thing when.
import type { AlertSource, CloseReason, IncidentStatus, Severity, Tactic } from '@yagura/contracts';
import type { ColumnType, Generated } from 'kysely';

type Json<T> = ColumnType<T, string, string>;

export interface IncidentTable {
  id: string;
  title: string;
  severity: Severity;
  score: number;
  tactics: Json<Tactic[]>;
  sources: Json<AlertSource[]>;
  alert_count: number;
  first_seen_at: string;
  last_seen_at: string;
  opened_at: string;
  status: Generated<IncidentStatus>;
  merged_into: string | null;
  owner: string | null;
  close_reason: CloseReason | null;
  close_comment: string | null;
  closed_by: string | null;
  closed_at: string | null;
  /** From the sequence of alerts' changes: both travel in one stream. */
  change: Generated<number>;
}

export interface IncidentAlertTable {
  incident_id: string;
  alert_id: string;
  /** Within the incident. */
  first_seen_at: string;
  last_seen_at: string;
  joined_at: Generated<string>;
  linked_by: Json<string[]>;
}

export interface IncidentCommentTable {
  id: Generated<number>;
  incident_id: string;
  time: Generated<string>;
  author: string;
  text: string;
}

export interface AlertSightingTable {
  key: string;
  alert_id: string;
  other: string;
  first_seen_at: string;
  last_seen_at: string;
  recorded_at: Generated<string>;
}

/** Things that were too common to link: shown with the incidents that they stopped linking. */
export interface HubEntityTable {
  key: string;
  others: number;
  since: Generated<string>;
  recorded_at: Generated<string>;
}

export interface IncidentTables {
  incidents: IncidentTable;
  incident_alerts: IncidentAlertTable;
  incident_comments: IncidentCommentTable;
  alert_sightings: AlertSightingTable;
  hub_entities: HubEntityTable;
}
