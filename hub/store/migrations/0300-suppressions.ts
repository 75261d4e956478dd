// Suppressions, and on each alert the one that keeps it from view.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const suppressions: Migration = {
  async up(db) {
    await sql`
      CREATE TABLE suppressions (
        id text PRIMARY KEY,
        match json NOT NULL,
        owner text NOT NULL,
        reason text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        created_by text NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        ended_by text,
        hits bigint NOT NULL DEFAULT 0,
        last_hit_at timestamptz
      )`.execute(db);
    // No foreign key: an alert remembers what hid it when that is long gone.
    await sql`ALTER TABLE alerts ADD COLUMN suppressed_by text`.execute(db);
  },
};
