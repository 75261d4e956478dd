// What rules remember of each cluster, and up to where in the event log.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const ruleMemory: Migration = {
  async up(db) {
    await sql`
      CREATE TABLE rule_memory (
        rule text NOT NULL,
        cluster text NOT NULL,
        body bytea NOT NULL,
        saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (rule, cluster)
      )`.execute(db);
    // It is compressed already.
    await sql`ALTER TABLE rule_memory ALTER COLUMN body SET STORAGE EXTERNAL`.execute(db);
    await sql`
      CREATE TABLE rule_memory_place (
        id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
        log bigint NOT NULL,
        seq bigint NOT NULL,
        saved_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`.execute(db);
  },
};
