// Destinations of alerts, their outbox with dead letters, and what each was told.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const exports: Migration = {
  async up(db) {
    await sql`
      CREATE TABLE export_destinations (
        id text PRIMARY KEY,
        name text NOT NULL UNIQUE,
        type text NOT NULL,
        format text NOT NULL,
        target text NOT NULL,
        settings json NOT NULL,
        secrets text NOT NULL,
        filter json NOT NULL,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused')),
        cursor bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        created_by text NOT NULL,
        delivered bigint NOT NULL DEFAULT 0,
        last_delivered_at timestamptz,
        dead_dropped bigint NOT NULL DEFAULT 0
      )`.execute(db);
    await sql`
      CREATE TABLE export_messages (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        destination text NOT NULL REFERENCES export_destinations (id) ON DELETE CASCADE,
        alert_id text NOT NULL,
        change text NOT NULL,
        key text NOT NULL,
        alert json NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'dead')),
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        attempts integer NOT NULL DEFAULT 0,
        reason text,
        failed_at timestamptz
      )`.execute(db);
    await sql`CREATE INDEX export_messages_in_order ON export_messages (destination, state, id)`.execute(db);
    await sql`
      CREATE TABLE export_sent (
        destination text NOT NULL REFERENCES export_destinations (id) ON DELETE CASCADE,
        alert_id text NOT NULL,
        status text NOT NULL,
        messages bigint NOT NULL,
        sent_at timestamptz NOT NULL,
        PRIMARY KEY (destination, alert_id)
      )`.execute(db);
  },
};
