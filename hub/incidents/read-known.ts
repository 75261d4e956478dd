// Reads what a batch of alerts may belong to: who named the same things lately, and the incidents of those alerts.
import type { Activity, IncidentSettings, Known, KnownIncident, Sighting } from '@yagura/detection';
import { rfc3339FromMs } from '@yagura/kit';
import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

/** Of one thing, the newest: more would not change what happens, things seen with so many others link nothing. */
const sightingsPerKey = 64;

export async function readKnown(
  db: Database,
  activities: readonly Activity[],
  settings: IncidentSettings,
): Promise<Known> {
  const sightings = await readSightings(db, activities);
  const alertIds = new Set([...activities, ...sightings].map(({ alertId }) => alertId));
  const startMs = activities.reduce((least, { fromMs }) => Math.min(least, fromMs), Infinity);
  return { sightings, incidents: await readIncidents(db, [...alertIds], startMs - settings.gapMs) };
}

interface SightingRow {
  readonly key: string;
  readonly alert_id: string;
  readonly rule: string;
  readonly other: string;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
}

/** Without those of alerts that a person judged, or that are suppressed: they begin nothing. */
async function readSightings(db: Database, activities: readonly Activity[]): Promise<readonly Sighting[]> {
  const keys = [...new Set(activities.flatMap(({ links }) => links.map(({ key }) => key)))];
  const { rows } = await sql<SightingRow>`
    SELECT s.key, s.alert_id, a.rule, s.other, s.first_seen_at, s.last_seen_at
    FROM unnest(${keys}::text[]) AS k (key)
    CROSS JOIN LATERAL (
      SELECT * FROM alert_sightings WHERE alert_sightings.key = k.key
      ORDER BY last_seen_at DESC LIMIT ${sql.lit(sightingsPerKey)}
    ) s
    JOIN alerts a ON a.id = s.alert_id
    WHERE a.suppressed_by IS NULL AND (a.status = 'open' OR a.close_reason = 'resolved')`.execute(db);
  return rows.map((row) => ({
    key: row.key,
    alertId: row.alert_id,
    rule: row.rule,
    other: row.other,
    ...spanOf(row),
  }));
}

interface MemberRow {
  readonly id: string;
  readonly alert_count: number;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
  readonly opened_at: string;
  readonly is_judged: boolean;
  readonly alert_id: string;
  readonly member_first: string;
  readonly member_last: string;
}

async function readIncidents(
  db: Database,
  alertIds: readonly string[],
  sinceMs: number,
): Promise<readonly KnownIncident[]> {
  const { rows } = await sql<MemberRow>`
    SELECT i.id, i.alert_count, i.first_seen_at, i.last_seen_at, i.opened_at,
      i.status = 'closed' AND i.close_reason IS DISTINCT FROM 'resolved' AS is_judged,
      m.alert_id, m.first_seen_at AS member_first, m.last_seen_at AS member_last
    FROM incident_alerts m JOIN incidents i ON i.id = m.incident_id
    WHERE m.alert_id = ANY (${alertIds}::text[]) AND i.last_seen_at >= ${rfc3339FromMs(sinceMs)}::timestamptz`.execute(
    db,
  );
  const byId = new Map<
    string,
    KnownIncident & { readonly members: Map<string, ReturnType<typeof spanOf>> }
  >();
  for (const row of rows) {
    const incident = byId.get(row.id) ?? {
      id: row.id,
      openedMs: Date.parse(row.opened_at),
      span: spanOf(row),
      size: row.alert_count,
      members: new Map(),
      isJudged: row.is_judged,
    };
    incident.members.set(
      row.alert_id,
      spanOf({ first_seen_at: row.member_first, last_seen_at: row.member_last }),
    );
    byId.set(row.id, incident);
  }
  return [...byId.values()];
}

const spanOf = (row: { readonly first_seen_at: string; readonly last_seen_at: string }) => ({
  fromMs: Date.parse(row.first_seen_at),
  toMs: Date.parse(row.last_seen_at),
});
