// Incidents, their alerts and comments, and the sightings by which alerts find one another.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const incidents: Migration = {
  async up(db) {
    await sql`
      CREATE TABLE incidents (
        id text PRIMARY KEY,
        title text NOT NULL,
        severity text NOT NULL,
        score integer NOT NULL,
        tactics json NOT NULL,
        sources json NOT NULL,
        alert_count integer NOT NULL,
        first_seen_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        opened_at timestamptz NOT NULL,
        status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed', 'merged')),
        merged_into text,
        owner text,
        close_reason text,
        close_comment text,
        closed_by text,
        closed_at timestamptz,
        change bigint NOT NULL DEFAULT nextval('alert_changes')
      )`.execute(db);
    await sql`CREATE INDEX incidents_latest ON incidents (last_seen_at DESC, id DESC)`.execute(db);
    await sql`CREATE INDEX incidents_by_change ON incidents (change)`.execute(db);
    await sql`CREATE INDEX incidents_merged ON incidents (merged_into) WHERE merged_into IS NOT NULL`.execute(
      db,
    );
    await sql`
      CREATE TABLE incident_alerts (
        incident_id text NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
        alert_id text NOT NULL,
        first_seen_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        joined_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        linked_by json NOT NULL DEFAULT '[]',
        PRIMARY KEY (incident_id, alert_id)
      )`.execute(db);
    await sql`CREATE INDEX incident_alerts_by_alert ON incident_alerts (alert_id)`.execute(db);
    await sql`
      CREATE TABLE incident_comments (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        incident_id text NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
        time timestamptz NOT NULL DEFAULT clock_timestamp(),
        author text NOT NULL,
        text text NOT NULL
      )`.execute(db);
    await sql`CREATE INDEX incident_comments_by_incident ON incident_comments (incident_id)`.execute(db);
    await sql`
      CREATE TABLE alert_sightings (
        key text NOT NULL,
        alert_id text NOT NULL,
        other text NOT NULL,
        first_seen_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (key, alert_id)
      )`.execute(db);
    await sql`CREATE INDEX alert_sightings_latest ON alert_sightings (key, last_seen_at DESC)`.execute(db);
    await sql`CREATE INDEX alert_sightings_by_alert ON alert_sightings (alert_id)`.execute(db);
    await sql`CREATE INDEX alert_sightings_age ON alert_sightings USING brin (recorded_at)`.execute(db);
    await sql`
      CREATE TABLE hub_entities (
        key text PRIMARY KEY,
        others integer NOT NULL,
        since timestamptz NOT NULL DEFAULT clock_timestamp(),
        recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`.execute(db);
  },
};
