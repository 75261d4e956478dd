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
  readonly other: string;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
}

/**
 * Without those of alerts that a person judged, or that are suppressed: they begin nothing. Two statements, here and
 * below, because a join whose share of rows PostgreSQL misjudges would look the one up again for each row of the other.
 */
async function readSightings(db: Database, activities: readonly Activity[]): Promise<readonly Sighting[]> {
  const keys = [...new Set(activities.flatMap(({ links }) => links.map(({ key }) => key)))];
  const { rows } = await sql<SightingRow>`
    SELECT s.key, s.alert_id, s.other, s.first_seen_at, s.last_seen_at
    FROM unnest(${keys}::text[]) AS k (key)
    CROSS JOIN LATERAL (
      SELECT * FROM alert_sightings WHERE alert_sightings.key = k.key
      ORDER BY last_seen_at DESC LIMIT ${sql.lit(sightingsPerKey)}
    ) s`.execute(db);
  const alerts = await sql<{ id: string; rule: string }>`
    SELECT id, rule FROM alerts WHERE id = ANY (${[...new Set(rows.map(({ alert_id }) => alert_id))]}::text[])
      AND suppressed_by IS NULL AND (status = 'open' OR close_reason = 'resolved')`.execute(db);
  const rules = new Map(alerts.rows.map(({ id, rule }) => [id, rule]));
  return rows.flatMap((row) => {
    const rule = rules.get(row.alert_id);
    const { key, alert_id: alertId, other } = row;
    return rule === undefined ? [] : [{ key, alertId, rule, other, ...spanOf(row) }];
  });
}

async function readIncidents(
  db: Database,
  alertIds: readonly string[],
  sinceMs: number,
): Promise<readonly KnownIncident[]> {
  const members = await db
    .selectFrom('incident_alerts')
    .select(['incident_id', 'alert_id', 'first_seen_at', 'last_seen_at'])
    .where(sql<boolean>`alert_id = ANY (${alertIds}::text[])`)
    .execute();
  const rows = await db
    .selectFrom('incidents')
    .select(['id', 'alert_count', 'first_seen_at', 'last_seen_at', 'opened_at', 'status', 'close_reason'])
    .where(sql<boolean>`id = ANY (${[...new Set(members.map((member) => member.incident_id))]}::text[])`)
    .where('last_seen_at', '>=', rfc3339FromMs(sinceMs))
    .execute();
  const byIncident = Map.groupBy(members, ({ incident_id }) => incident_id);
  return rows.map((row) => ({
    id: row.id,
    openedMs: Date.parse(row.opened_at),
    span: spanOf(row),
    size: row.alert_count,
    members: new Map((byIncident.get(row.id) ?? []).map((member) => [member.alert_id, spanOf(member)])),
    isJudged: row.status === 'closed' && row.close_reason !== 'resolved',
  }));
}

const spanOf = (row: { readonly first_seen_at: string; readonly last_seen_at: string }) => ({
  fromMs: Date.parse(row.first_seen_at),
  toMs: Date.parse(row.last_seen_at),
});
