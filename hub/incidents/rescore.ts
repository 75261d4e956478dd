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
  const written = await write(
    db,
    ids.map((id) => derivedFrom(id, members.get(id) ?? [])),
    because,
  );
  const changes = written.map((row) => ({
    incident: toIncidentSummary(row),
    change: because === 'activity' ? row.change : undefined,
  }));
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

interface Derived {
  readonly id: string;
  readonly title: string;
  readonly score: number;
  readonly severity: Severity;
  readonly tactics: string;
  readonly sources: string;
}

function derivedFrom(id: string, members: readonly MemberFacts[]): Derived {
  const counted = members.filter(isCounted);
  const { score, severity, tactics, sources } = scoreOf(counted);
  const title = storableText(titleOf(counted.length > 0 ? counted : members));
  return { id, title, score, severity, tactics: storableJson(tactics), sources: storableJson(sources) };
}

async function write(
  db: Database,
  all: readonly Derived[],
  because: Because,
): Promise<readonly IncidentRow[]> {
  const { rows } = await sql<IncidentRow>`
    WITH span AS (
      SELECT incident_id, count(*)::integer AS n, min(first_seen_at) AS first, max(last_seen_at) AS last
      FROM incident_alerts WHERE incident_id = ANY (${all.map(({ id }) => id)}::text[]) GROUP BY incident_id
    )
    UPDATE incidents i SET title = d.title, severity = d.severity, score = d.score, tactics = d.tactics::json,
      sources = d.sources::json, alert_count = s.n, first_seen_at = s.first, last_seen_at = s.last,
      change = CASE WHEN ${because} = 'activity' THEN nextval('alert_changes') ELSE i.change END
    FROM unnest(${all.map(({ id }) => id)}::text[], ${all.map(({ title }) => title)}::text[],
      ${all.map(({ severity }) => severity)}::text[], ${all.map(({ score }) => score)}::integer[],
      ${all.map(({ tactics }) => tactics)}::text[], ${all.map(({ sources }) => sources)}::text[])
      AS d (id, title, severity, score, tactics, sources)
    JOIN span s ON s.incident_id = d.id
    WHERE i.id = d.id AND i.status <> 'merged'
    RETURNING i.*`.execute(db);
  return rows;
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
