// Connected clusters: what their agents report, tokens for one name, and why a try to connect was refused.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const connections: Migration = {
  async up(db) {
    await sql`ALTER TABLE agents ADD COLUMN cluster_report json`.execute(db);
    await sql`ALTER TABLE registration_tokens ADD COLUMN name text`.execute(db);
    await sql`
      ALTER TABLE clusters ADD COLUMN connect_asked_at timestamptz, ADD COLUMN connect_problem json`.execute(
      db,
    );
  },
};
