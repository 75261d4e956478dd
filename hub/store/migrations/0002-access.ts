// API tokens, sign-in links, sessions, the trail of changes, and settings made once.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const access: Migration = {
  async up(db) {
    await sql`
      CREATE TABLE api_tokens (
        id text PRIMARY KEY,
        name text NOT NULL,
        role text NOT NULL,
        secret_hash text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        created_by text NOT NULL,
        expires_at timestamptz,
        last_used_at timestamptz
      )`.execute(db);
    await sql`
      CREATE TABLE sign_in_links (
        code_hash text PRIMARY KEY,
        "user" text NOT NULL,
        role text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL
      )`.execute(db);
    await sql`
      CREATE TABLE sessions (
        id_hash text PRIMARY KEY,
        "user" text NOT NULL,
        role text NOT NULL,
        token_id text REFERENCES api_tokens (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL
      )`.execute(db);
    await sql`
      CREATE TABLE trail (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        time timestamptz NOT NULL DEFAULT clock_timestamp(),
        actor text NOT NULL,
        action text NOT NULL,
        target text,
        detail json
      )`.execute(db);
    await sql`CREATE TABLE settings (key text PRIMARY KEY, value text NOT NULL)`.execute(db);
  },
};
