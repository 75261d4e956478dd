// Alerts, and the occurrences that make counting idempotent.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * `json`, not `jsonb`, for what comes from events: `jsonb` refuses U+0000 and lone surrogates, which an attacker can
 * put into an argument. Nothing searches inside; what is searched has a column.
 */
export const alerts: Migration = {
  async up(db) {
    await sql`CREATE SEQUENCE alert_changes`.execute(db);
    await sql`
      CREATE TABLE alerts (
        id text PRIMARY KEY,
        rule text NOT NULL,
        rule_version text NOT NULL,
        title text NOT NULL,
        severity text NOT NULL,
        source text NOT NULL,
        count bigint NOT NULL,
        first_seen_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        message text NOT NULL,
        tactics json NOT NULL,
        techniques json NOT NULL,
        entities json NOT NULL,
        cluster text,
        namespace text,
        node text,
        evidence json NOT NULL,
        event json NOT NULL,
        rule_snapshot json NOT NULL,
        raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
        close_reason text,
        close_comment text,
        closed_by text,
        closed_at timestamptz,
        change bigint NOT NULL DEFAULT nextval('alert_changes')
      )`.execute(db);
    await sql`CREATE INDEX alerts_latest ON alerts (last_seen_at DESC, id DESC)`.execute(db);
    await sql`CREATE INDEX alerts_by_rule ON alerts (rule, last_seen_at DESC)`.execute(db);
    await sql`CREATE INDEX alerts_by_cluster ON alerts (cluster, last_seen_at DESC)`.execute(db);
    await sql`CREATE INDEX alerts_by_change ON alerts (change)`.execute(db);
    await sql`CREATE INDEX alerts_closed ON alerts (closed_at) WHERE status = 'closed'`.execute(db);
    // No foreign key: it would cost a look-up per occurrence, and retention removes both in one transaction.
    await sql`
      CREATE TABLE alert_occurrences (
        alert_id text NOT NULL,
        event_id text NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (alert_id, event_id)
      )`.execute(db);
    await sql`CREATE INDEX alert_occurrences_age ON alert_occurrences USING brin (recorded_at)`.execute(db);
  },
};
