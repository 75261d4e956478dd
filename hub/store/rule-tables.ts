// Tables of rule files that are kept in the hub, and of rules that a person turned on or off.
import type { ColumnType, Generated } from 'kysely';

/** Every version of every file; the latest is what holds. */
export interface RuleFileTable {
  name: string;
  version: number;
  /** Null: with this version the file was removed. */
  text: string | null;
  tests: string | null;
  overrides: ColumnType<string[], string, string>;
  author: string;
  comment: string;
  saved_at: Generated<string>;
}

export interface RuleSwitchTable {
  rule: string;
  enabled: boolean;
  reason: string;
  author: string;
  switched_at: Generated<string>;
}

export interface RuleTables {
  rule_files: RuleFileTable;
  rule_switches: RuleSwitchTable;
}
