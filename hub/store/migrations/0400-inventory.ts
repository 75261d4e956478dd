// Objects of clusters, how complete each inventory is, and the clusters' own Events.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const inventory: Migration = {
  async up(db) {
    await sql`
      CREATE TABLE objects (
        cluster text NOT NULL,
        uid text NOT NULL,
        resource text NOT NULL,
        namespace text NOT NULL DEFAULT '',
        name text NOT NULL,
        workload text,
        facts json NOT NULL,
        generation text NOT NULL,
        created_at timestamptz,
        first_seen_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        removed_at timestamptz,
        PRIMARY KEY (cluster, uid)
      )`.execute(db);
    await sql`CREATE INDEX objects_by_name ON objects (cluster, resource, namespace, name, uid)`.execute(db);
    await sql`CREATE INDEX objects_removed ON objects (removed_at) WHERE removed_at IS NOT NULL`.execute(db);
    await sql`
      CREATE TABLE inventories (
        cluster text NOT NULL,
        resource text NOT NULL,
        generation text NOT NULL,
        complete boolean NOT NULL,
        message text,
        listed_at timestamptz NOT NULL,
        reported_by text,
        PRIMARY KEY (cluster, resource)
      )`.execute(db);
    await sql`
      CREATE TABLE cluster_events (
        cluster text NOT NULL,
        uid text NOT NULL,
        namespace text NOT NULL DEFAULT '',
        type text NOT NULL,
        reason text NOT NULL,
        message text NOT NULL,
        object_kind text NOT NULL,
        object_name text NOT NULL,
        count bigint NOT NULL,
        first_seen_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        PRIMARY KEY (cluster, uid)
      )`.execute(db);
    await sql`CREATE INDEX cluster_events_by_time ON cluster_events (cluster, last_seen_at DESC)`.execute(db);
    await sql`CREATE INDEX cluster_events_age ON cluster_events (last_seen_at)`.execute(db);
  },
};
