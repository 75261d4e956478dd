// Agents and their certificates, registration tokens, clusters, and loss counters.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const fleet: Migration = {
  async up(db) {
    await sql`
      CREATE TABLE agents (
        id text PRIMARY KEY,
        role text NOT NULL CHECK (role IN ('node', 'cluster')),
        name text NOT NULL,
        cluster text NOT NULL DEFAULT '',
        registered_at timestamptz NOT NULL,
        last_contact_at timestamptz,
        certificate_expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        kernel text,
        os text,
        components json NOT NULL DEFAULT '[]',
        spool json,
        events_total bigint NOT NULL DEFAULT 0,
        UNIQUE (role, cluster, name)
      )`.execute(db);
    await sql`
      CREATE TABLE agent_certificates (
        serial text PRIMARY KEY,
        agent_id text NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
        issued_at timestamptz NOT NULL,
        not_after timestamptz NOT NULL,
        revoked_at timestamptz
      )`.execute(db);
    await sql`CREATE INDEX agent_certificates_by_agent ON agent_certificates (agent_id)`.execute(db);
    await sql`
      CREATE TABLE registration_tokens (
        id text PRIMARY KEY,
        role text NOT NULL,
        secret_hash text NOT NULL,
        uses_left integer NOT NULL CHECK (uses_left >= 0),
        created_at timestamptz NOT NULL,
        created_by text NOT NULL,
        expires_at timestamptz NOT NULL
      )`.execute(db);
    await sql`
      CREATE TABLE clusters (
        name text PRIMARY KEY,
        provider text NOT NULL,
        created_at timestamptz NOT NULL,
        audit_credential_hash text,
        audit_last_event_at timestamptz,
        audit_events_total bigint NOT NULL DEFAULT 0
      )`.execute(db);
    await sql`
      CREATE TABLE losses (
        owner text NOT NULL,
        stage text NOT NULL,
        kind text NOT NULL,
        reason text NOT NULL DEFAULT '',
        since timestamptz NOT NULL,
        count bigint NOT NULL,
        earlier bigint NOT NULL DEFAULT 0,
        first_since timestamptz NOT NULL,
        PRIMARY KEY (owner, stage, kind, reason)
      )`.execute(db);
  },
};
