// Rule files with all their versions, and switches of rules.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const ruleFiles: Migration = {
  async up(db) {
    await sql`
      CREATE TABLE rule_files (
        name text NOT NULL,
        version integer NOT NULL CHECK (version > 0),
        text text,
        tests text,
        overrides json NOT NULL DEFAULT '[]',
        author text NOT NULL,
        comment text NOT NULL DEFAULT '',
        saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (name, version)
      )`.execute(db);
    await sql`
      CREATE TABLE rule_switches (
        rule text PRIMARY KEY,
        enabled boolean NOT NULL,
        reason text NOT NULL,
        author text NOT NULL,
        switched_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`.execute(db);
  },
};
