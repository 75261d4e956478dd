// The table of suppressions.
import type { SuppressionMatch } from '@yagura/contracts';
import type { ColumnType, Generated } from 'kysely';

export interface SuppressionTable {
  id: string;
  match: ColumnType<SuppressionMatch, string, never>;
  owner: string;
  reason: string;
  created_at: Generated<string>;
  created_by: string;
  expires_at: string;
  ended_at: string | null;
  ended_by: string | null;
  hits: Generated<number>;
  last_hit_at: string | null;
}

export interface SuppressionTables {
  suppressions: SuppressionTable;
}
