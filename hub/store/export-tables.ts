// Tables of export: destinations, messages that wait or are given up, and what each destination was told.
import type { AlertChangeKind, DestinationType, ExportFilter, ExportFormat } from '@yagura/contracts';
import type { ColumnType, Generated } from 'kysely';

type Json<T> = ColumnType<T, string, string>;

export interface ExportDestinationTable {
  id: string;
  name: string;
  type: DestinationType;
  format: ExportFormat;
  /** Shown to people. */
  target: string;
  settings: Json<Readonly<Record<string, string | number>>>;
  /** Sealed, see hub/export/secret-box.ts. */
  secrets: string;
  filter: Json<ExportFilter>;
  state: Generated<'active' | 'paused'>;
  /** The last alert change that was looked at. */
  cursor: number;
  created_at: Generated<string>;
  created_by: string;
  delivered: Generated<number>;
  last_delivered_at: string | null;
  dead_dropped: Generated<number>;
}

export interface ExportMessageTable {
  id: Generated<number>;
  destination: string;
  alert_id: string;
  change: AlertChangeKind;
  key: string;
  /** As it stood when the message was planned. */
  alert: Json<unknown>;
  state: Generated<'pending' | 'dead'>;
  created_at: Generated<string>;
  attempts: Generated<number>;
  reason: string | null;
  failed_at: string | null;
}

export interface ExportSentTable {
  destination: string;
  alert_id: string;
  status: 'open' | 'closed';
  /** How many messages about the alert there were. */
  messages: number;
  sent_at: string;
}

export interface ExportTables {
  export_destinations: ExportDestinationTable;
  export_messages: ExportMessageTable;
  export_sent: ExportSentTable;
}
