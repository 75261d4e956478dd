// What agents and clusters last said and how much came from them, written a few seconds' worth at a time.
import type { Heartbeat } from '@yagura/contracts';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { mergeLosses } from './losses.ts';
import { storableJson, storableText } from './storable.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

export interface ReceivedHeartbeat {
  readonly agentId: string;
  readonly heartbeat: Heartbeat;
  readonly now: number;
}

export async function recordHeartbeat(db: Database, received: ReceivedHeartbeat): Promise<void> {
  const { agentId, heartbeat, now } = received;
  const { kernel, os, spool, cluster } = heartbeat;
  // First: whoever sees that a component began anew sees what its end cost, too.
  await mergeLosses(db, `agent:${agentId}`, heartbeat.losses);
  await db
    .updateTable('agents')
    .set({
      last_contact_at: iso(now),
      kernel: kernel === undefined ? null : storableText(kernel),
      os: os === undefined ? null : storableText(os),
      components: storableJson(heartbeat.components),
      ...(cluster === undefined ? {} : { cluster_report: storableJson(cluster) }),
      spool: spool === undefined ? null : storableJson(spool),
    })
    .where('id', '=', agentId)
    .execute();
}

export interface Traffic {
  /** Agent id, or cluster name. */
  readonly name: string;
  readonly lastAt: number;
  /** Events taken since the traffic that was recorded before. */
  readonly events: number;
}

export async function recordAgentTraffic(db: Database, traffic: readonly Traffic[]): Promise<void> {
  if (traffic.length === 0) return;
  await sql`
    UPDATE agents a SET
      last_contact_at = greatest(a.last_contact_at, t.last_at),
      events_total = a.events_total + t.events
    FROM ${columns(traffic)} AS t (name, last_at, events)
    WHERE a.id = t.name`.execute(db);
}

export async function recordClusterTraffic(db: Database, traffic: readonly Traffic[]): Promise<void> {
  if (traffic.length === 0) return;
  await sql`
    UPDATE clusters c SET
      audit_last_event_at = greatest(c.audit_last_event_at, t.last_at),
      audit_events_total = c.audit_events_total + t.events
    FROM ${columns(traffic)} AS t (name, last_at, events)
    WHERE c.name = t.name`.execute(db);
}

const columns = (traffic: readonly Traffic[]) =>
  sql`unnest(${traffic.map(({ name }) => name)}::text[], ${traffic.map(({ lastAt }) => iso(lastAt))}::timestamptz[],
    ${traffic.map(({ events }) => events)}::bigint[])`;
