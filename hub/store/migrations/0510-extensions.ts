// What shall be installed in connected clusters, and registration tokens for the nodes of one cluster.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const extensions: Migration = {
  async up(db) {
    await sql`
      CREATE TABLE extensions (
        cluster text NOT NULL REFERENCES clusters (name) ON DELETE CASCADE,
        name text NOT NULL,
        generation integer NOT NULL CHECK (generation > 0),
        chart text NOT NULL,
        version text NOT NULL,
        values json NOT NULL,
        state text NOT NULL,
        changed_at timestamptz NOT NULL,
        changed_by text NOT NULL,
        reported json,
        PRIMARY KEY (cluster, name)
      )`.execute(db);
    await sql`ALTER TABLE registration_tokens ADD COLUMN cluster text`.execute(db);
  },
};
