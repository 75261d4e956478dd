// Works out anew what follows from an incident's alerts: title, score, severity, tactics, times.
import {
  type AlertSource,
  type CloseReason,
  type Entities,
  type Severity,
  severityRank,
} from '@yagura/contracts';
import { linksOf, scoreOf } from '@yagura/detection';
import { sql } from 'kysely';
import { isCounted } from '../store/counted-alert.ts';
import type { Database } from '../store/database.ts';
import { type IncidentChange, type IncidentRow, toIncidentSummary } from '../store/incident-row.ts';
import { storableJson, storableText } from '../store/storable.ts';
import { lockIncidents } from './lock-incidents.ts';

export interface MemberFacts {
  readonly title: string;
  readonly severity: Severity;
  readonly source: AlertSource;
  readonly tactics: readonly string[];
  readonly entities: Entities;
  readonly status: 'open' | 'closed';
  readonly close_reason: CloseReason | null;
  readonly suppressed_by: string | null;
}

interface MemberRow extends MemberFacts {
  readonly incident_id: string;
}

/** Only activity takes a place in the stream of changes, and opens an incident again that was `resolved`. */
export type Because = 'activity' | 'judged';

/** In one transaction with what changed the alerts. */
export async function rescore(
  db: Database,
  ids: readonly string[],
  { because }: { readonly because: Because },
): Promise<readonly IncidentChange[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<MemberRow>`
    SELECT m.incident_id, a.title, a.severity, a.source, a.tactics, a.entities, a.status, a.close_reason,
      a.suppressed_by
    FROM incident_alerts m JOIN alerts a ON a.id = m.alert_id
    WHERE m.incident_id = ANY (${ids}::text[])
    ORDER BY m.incident_id, m.first_seen_at, m.alert_id`.execute(db);
  const members = Map.groupBy(rows, ({ incident_id }) => incident_id);
  const changes: IncidentChange[] = [];
  for (const id of ids) {
    const row = await writeOne(db, { id, members: members.get(id) ?? [], because });
    const change = because === 'activity' ? row?.change : undefined;
    if (row !== undefined) changes.push({ incident: toIncidentSummary(row), change });
  }
  if (because === 'judged') return changes;
  const reopened = await reopenResolved(db, ids);
  return changes.map((one) => reopened.get(one.incident.id) ?? one);
}

/** Of all incidents that these alerts are in, because somebody judged or suppressed the alerts. */
export async function rescoreOf(
  db: Database,
  alertIds: readonly string[],
): Promise<readonly IncidentChange[]> {
  if (alertIds.length === 0) return [];
  await lockIncidents(db);
  const rows = await db
    .selectFrom('incident_alerts')
    .select('incident_id')
    .distinct()
    .where('alert_id', 'in', [...alertIds])
    .execute();
  return rescore(
    db,
    rows.map(({ incident_id }) => incident_id),
    { because: 'judged' },
  );
}

interface Writing {
  readonly id: string;
  readonly members: readonly MemberFacts[];
  readonly because: Because;
}

async function writeOne(db: Database, { id, members, because }: Writing): Promise<IncidentRow | undefined> {
  const counted = members.filter(isCounted);
  const { score, severity, tactics, sources } = scoreOf(counted);
  const { rows } = await sql<IncidentRow>`
    UPDATE incidents SET title = ${storableText(titleOf(counted.length > 0 ? counted : members))}, severity = ${severity},
      score = ${score}, tactics = ${storableJson(tactics)}::json, sources = ${storableJson(sources)}::json,
      alert_count = m.n, first_seen_at = coalesce(m.first, first_seen_at),
      last_seen_at = coalesce(m.last, last_seen_at),
      change = CASE WHEN ${because} = 'activity' THEN nextval('alert_changes') ELSE change END
    FROM (SELECT count(*)::integer AS n, min(first_seen_at) AS first, max(last_seen_at) AS last
      FROM incident_alerts WHERE incident_id = ${id}) m
    WHERE id = ${id} AND status <> 'merged'
    RETURNING incidents.*`.execute(db);
  return rows[0];
}

/** Those that only went on: nothing but their end moves. */
export async function prolong(db: Database, ids: readonly string[]): Promise<readonly IncidentChange[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<IncidentRow>`
    UPDATE incidents i SET first_seen_at = m.first, last_seen_at = m.last, change = nextval('alert_changes')
    FROM (SELECT incident_id, min(first_seen_at) AS first, max(last_seen_at) AS last FROM incident_alerts
      WHERE incident_id = ANY (${ids}::text[]) GROUP BY incident_id) m
    WHERE i.id = m.incident_id AND i.status <> 'merged'
    RETURNING i.*`.execute(db);
  const reopened = await reopenResolved(db, ids);
  return rows.map((row) => reopened.get(row.id) ?? { incident: toIncidentSummary(row), change: row.change });
}

async function reopenResolved(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, IncidentChange>> {
  const rows = await db
    .updateTable('incidents')
    .set({ status: 'open', close_reason: null, close_comment: null, closed_by: null, closed_at: null })
    .where('id', 'in', [...ids])
    .where('status', '=', 'closed')
    .where('close_reason', '=', 'resolved')
    .returningAll()
    .execute();
  return new Map(rows.map((row) => [row.id, { incident: toIncidentSummary(row), change: row.change }]));
}

const maxTitle = 300;

/** The worst alert, how many more, and the thing that most of them name. */
function titleOf(members: readonly MemberFacts[]): string {
  const worst = members.reduce<MemberFacts | undefined>(
    (a, b) => (a === undefined || severityRank(b.severity) > severityRank(a.severity) ? b : a),
    undefined,
  );
  if (worst === undefined) return 'All its alerts are gone';
  const counts = new Map<string, number>();
  for (const { source, entities } of members)
    for (const { kind, value } of linksOf(source, entities))
      counts.set(`${kind} ${value}`, (counts.get(`${kind} ${value}`) ?? 0) + 1);
  const [place] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  const more = members.length > 1 ? ` and ${members.length - 1} more` : '';
  return `${worst.title}${more}${place === undefined ? '' : ` · ${place}`}`.slice(0, maxTitle);
}
