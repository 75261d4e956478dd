// Writes what a batch of alerts changed: sightings, things too common, new incidents, their alerts, merges.
import { rfc3339FromMs } from '@yagura/kit';
import { sql } from 'kysely';
import type { Database } from '../store/database.ts';
import { storableText } from '../store/storable.ts';
import type { Batch, BatchMember } from './batch.ts';

export async function writeBatch(db: Database, batch: Batch): Promise<{ readonly newlyTooCommon: number }> {
  await writeSightings(db, batch);
  const newlyTooCommon = await writeTooCommon(db, batch);
  await writeOpened(db, batch);
  await writeMembers(db, batch.members);
  for (const { from, into } of batch.merges) await merge(db, from, into);
  return { newlyTooCommon };
}

async function writeSightings(db: Database, { sightings }: Batch): Promise<void> {
  if (sightings.length === 0) return;
  await sql`
    INSERT INTO alert_sightings AS s (key, alert_id, other, first_seen_at, last_seen_at)
    SELECT * FROM unnest(${sightings.map(({ key }) => key)}::text[],
      ${sightings.map(({ alertId }) => alertId)}::text[],
      ${sightings.map(({ other }) => storableText(other))}::text[],
      ${sightings.map(({ fromMs }) => rfc3339FromMs(fromMs))}::timestamptz[],
      ${sightings.map(({ toMs }) => rfc3339FromMs(toMs))}::timestamptz[])
    ON CONFLICT (key, alert_id) DO UPDATE SET other = excluded.other, first_seen_at = excluded.first_seen_at,
      last_seen_at = excluded.last_seen_at, recorded_at = excluded.recorded_at`.execute(db);
}

async function writeTooCommon(db: Database, { tooCommon }: Batch): Promise<number> {
  if (tooCommon.size === 0) return 0;
  const { rows } = await sql<{ is_new: boolean }>`
    INSERT INTO hub_entities AS h (key, others)
    SELECT * FROM unnest(${[...tooCommon.keys()]}::text[], ${[...tooCommon.values()]}::integer[])
    ON CONFLICT (key) DO UPDATE SET others = greatest(h.others, excluded.others),
      recorded_at = excluded.recorded_at
    RETURNING xmax = 0 AS is_new`.execute(db);
  return rows.filter(({ is_new }) => is_new).length;
}

/** Title and score follow from its alerts, once these are written. */
async function writeOpened(db: Database, { opened }: Batch): Promise<void> {
  if (opened.length === 0) return;
  await db
    .insertInto('incidents')
    .values(
      opened.map(({ id, openedMs, span }) => ({
        id,
        title: '',
        severity: 'informational' as const,
        score: 0,
        tactics: '[]',
        sources: '[]',
        alert_count: 0,
        first_seen_at: rfc3339FromMs(span.fromMs),
        last_seen_at: rfc3339FromMs(span.toMs),
        opened_at: rfc3339FromMs(openedMs),
      })),
    )
    .execute();
}

/** One row per alert and incident, over all that the batch says of it. */
function unitedMembers(members: readonly BatchMember[]): readonly BatchMember[] {
  const byId = new Map<string, BatchMember>();
  for (const member of members) {
    const id = `${member.incidentId} ${member.alertId}`;
    const known = byId.get(id) ?? member;
    byId.set(id, {
      ...known,
      span: {
        fromMs: Math.min(known.span.fromMs, member.span.fromMs),
        toMs: Math.max(known.span.toMs, member.span.toMs),
      },
    });
  }
  return [...byId.values()];
}

async function writeMembers(db: Database, all: readonly BatchMember[]): Promise<void> {
  const members = unitedMembers(all);
  if (members.length === 0) return;
  await sql`
    INSERT INTO incident_alerts AS m (incident_id, alert_id, first_seen_at, last_seen_at, linked_by)
    SELECT n.incident_id, n.alert_id, n.first_seen_at, n.last_seen_at, n.linked_by::json
    FROM unnest(${members.map(({ incidentId }) => incidentId)}::text[],
      ${members.map(({ alertId }) => alertId)}::text[],
      ${members.map(({ span }) => rfc3339FromMs(span.fromMs))}::timestamptz[],
      ${members.map(({ span }) => rfc3339FromMs(span.toMs))}::timestamptz[],
      ${members.map(({ linkedBy }) => JSON.stringify(linkedBy.map(storableText)))}::text[])
      AS n (incident_id, alert_id, first_seen_at, last_seen_at, linked_by)
    ON CONFLICT (incident_id, alert_id) DO UPDATE SET
      first_seen_at = least(m.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(m.last_seen_at, excluded.last_seen_at)`.execute(db);
}

/** What was said about it goes with it; its row stays as a pointer, as do those that pointed to it. */
async function merge(db: Database, from: string, into: string): Promise<void> {
  await sql`
    WITH moved AS (DELETE FROM incident_alerts WHERE incident_id = ${from} RETURNING *)
    INSERT INTO incident_alerts AS m (incident_id, alert_id, first_seen_at, last_seen_at, joined_at, linked_by)
    SELECT ${into}::text, alert_id, first_seen_at, last_seen_at, joined_at, linked_by FROM moved
    ON CONFLICT (incident_id, alert_id) DO UPDATE SET
      first_seen_at = least(m.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(m.last_seen_at, excluded.last_seen_at)`.execute(db);
  await sql`UPDATE incident_comments SET incident_id = ${into} WHERE incident_id = ${from}`.execute(db);
  await sql`
    UPDATE incidents SET owner = coalesce(owner, (SELECT owner FROM incidents WHERE id = ${from}))
    WHERE id = ${into}`.execute(db);
  await sql`
    UPDATE incidents SET status = 'merged', merged_into = ${into}, alert_count = 0, score = 0,
      close_reason = NULL, close_comment = NULL, closed_by = NULL, closed_at = NULL,
      change = nextval('alert_changes')
    WHERE id = ${from}`.execute(db);
  await sql`UPDATE incidents SET merged_into = ${into} WHERE merged_into = ${from}`.execute(db);
}
