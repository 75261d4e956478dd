// Counts matches into alerts: each event once per alert, however often it is replayed.
import type { AlertDraft, AlertSummary } from '@yagura/contracts';
import { sql } from 'kysely';
import { decideSuppressed } from '../suppression/decide-suppressed.ts';
import { type AlertRow, summaryColumns, toSummary } from './alert-row.ts';
import { changeInOrder } from './change-order.ts';
import type { Database } from './database.ts';
import { storableJson, storableText, storableTime } from './storable.ts';

/** One rule that held for one event. */
export interface Occurrence {
  readonly alert: AlertDraft;
  readonly eventId: string;
}

export interface AlertChange {
  readonly alert: AlertSummary;
  /** Position in the stream of changes; grows. */
  readonly change: number;
  readonly kind: 'raised' | 'reopened' | 'counted';
}

/**
 * Records a block of matches in one transaction, and returns the alerts
 * that changed. What was recorded before changes nothing and is not returned, so that a replay after a crash is safe.
 *
 * An alert that was closed as `resolved` is opened again by a new occurrence: it was not resolved after all. One that
 * a person judged (benign, false positive, duplicate, test) stays closed and counts on. One that a suppression keeps
 * from view comes back with the first occurrence that no suppression matches.
 */
export async function recordAlerts(
  db: Database,
  occurrences: readonly Occurrence[],
): Promise<readonly AlertChange[]> {
  if (occurrences.length === 0) return [];
  const rows = await changeInOrder(db, async (transaction) => {
    const suppressed = await decideSuppressed(transaction, occurrences);
    return write(transaction, occurrences, columnsOf(firstOfEach(occurrences), suppressed));
  });
  return rows.map((row) => ({ alert: toSummary(row), change: row.change, kind: kindOf(row) }));
}

async function write(
  db: Database,
  occurrences: readonly Occurrence[],
  drafts: ReturnType<typeof columnsOf>,
): Promise<readonly ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    WITH occurrence AS (
      INSERT INTO alert_occurrences (alert_id, event_id)
      SELECT DISTINCT * FROM unnest(${occurrences.map(({ alert }) => alert.id)}::text[],
        ${occurrences.map(({ eventId }) => storableText(eventId))}::text[]) AS o (alert_id, event_id)
      ORDER BY 1, 2
      ON CONFLICT DO NOTHING
      RETURNING alert_id
    ),
    counted AS (SELECT alert_id, count(*) AS n FROM occurrence GROUP BY alert_id),
    prior AS (SELECT id, status, suppressed_by FROM alerts WHERE id = ANY (${drafts.id}::text[])),
    written AS (
      INSERT INTO alerts AS a (id, rule, rule_version, title, severity, source, count, first_seen_at, last_seen_at,
        message, tactics, techniques, entities, cluster, namespace, node, evidence, event, rule_snapshot,
        suppressed_by)
      SELECT d.id, d.rule, d.rule_version, d.title, d.severity, d.source, c.n,
        coalesce(d.first_seen_at, clock_timestamp()), coalesce(d.last_seen_at, clock_timestamp()),
        d.message, d.tactics::json, d.techniques::json, d.entities::json, d.cluster, d.namespace, d.node,
        d.evidence::json, d.event::json, d.rule_snapshot::json, d.suppressed_by
      FROM unnest(${drafts.id}::text[], ${drafts.rule}::text[], ${drafts.ruleVersion}::text[],
        ${drafts.title}::text[], ${drafts.severity}::text[], ${drafts.source}::text[],
        ${drafts.firstSeenAt}::timestamptz[], ${drafts.lastSeenAt}::timestamptz[], ${drafts.message}::text[],
        ${drafts.tactics}::text[], ${drafts.techniques}::text[], ${drafts.entities}::text[],
        ${drafts.cluster}::text[], ${drafts.namespace}::text[], ${drafts.node}::text[],
        ${drafts.evidence}::text[], ${drafts.event}::text[], ${drafts.ruleSnapshot}::text[],
        ${drafts.suppressedBy}::text[])
        AS d (id, rule, rule_version, title, severity, source, first_seen_at, last_seen_at, message, tactics,
          techniques, entities, cluster, namespace, node, evidence, event, rule_snapshot, suppressed_by)
      JOIN counted c ON c.alert_id = d.id
      ORDER BY d.id
      ON CONFLICT (id) DO UPDATE SET
        count = a.count + excluded.count,
        first_seen_at = least(a.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(a.last_seen_at, excluded.last_seen_at),
        status = CASE WHEN a.close_reason = 'resolved' THEN 'open' ELSE a.status END,
        close_comment = CASE WHEN a.close_reason = 'resolved' THEN NULL ELSE a.close_comment END,
        closed_by = CASE WHEN a.close_reason = 'resolved' THEN NULL ELSE a.closed_by END,
        closed_at = CASE WHEN a.close_reason = 'resolved' THEN NULL ELSE a.closed_at END,
        close_reason = nullif(a.close_reason, 'resolved'),
        suppressed_by = excluded.suppressed_by,
        change = nextval('alert_changes')
      RETURNING a.*
    ),
    hit AS (
      UPDATE suppressions s SET hits = s.hits + h.n, last_hit_at = clock_timestamp()
      FROM (SELECT w.suppressed_by AS id, sum(c.n)::bigint AS n FROM written w JOIN counted c ON c.alert_id = w.id
        WHERE w.suppressed_by IS NOT NULL GROUP BY 1) h
      WHERE s.id = h.id
    )
    SELECT ${sql.raw(summaryColumns.map((column) => `w.${column}`).join(', '))}, w.change,
      p.status AS prior_status, p.suppressed_by AS prior_suppressed_by
    FROM written w LEFT JOIN prior p ON p.id = w.id
    ORDER BY w.change`.execute(db);
  return rows;
}

interface ChangeRow extends AlertRow {
  readonly change: number;
  readonly prior_status: 'open' | 'closed' | null;
  readonly prior_suppressed_by: string | null;
}

function kindOf({ prior_status, status, ...row }: ChangeRow): AlertChange['kind'] {
  if (prior_status === null) return 'raised';
  const wasHidden = prior_status === 'closed' || row.prior_suppressed_by !== null;
  return wasHidden && status === 'open' && row.suppressed_by === null ? 'reopened' : 'counted';
}

/** One draft per alert: the first event's evidence, over the time of all. */
function firstOfEach(occurrences: readonly Occurrence[]): readonly AlertDraft[] {
  const byId = new Map<string, AlertDraft>();
  for (const { alert } of occurrences) {
    const known = byId.get(alert.id);
    byId.set(alert.id, known === undefined ? alert : spanning(known, alert));
  }
  return [...byId.values()];
}

function spanning(a: AlertDraft, b: AlertDraft): AlertDraft {
  const [first, other] = b.firstSeenAt < a.firstSeenAt ? [b, a] : [a, b];
  return first.lastSeenAt < other.lastSeenAt ? { ...first, lastSeenAt: other.lastSeenAt } : first;
}

/** One array per column, for `unnest`. */
function columnsOf(drafts: readonly AlertDraft[], suppressed: ReadonlyMap<string, string>) {
  const texts = (read: (draft: AlertDraft) => string) => drafts.map((draft) => storableText(read(draft)));
  const entity = (name: 'cluster' | 'namespace' | 'node') =>
    drafts.map(({ entities }) => (entities[name] === undefined ? null : storableText(entities[name])));
  const json = (read: (draft: AlertDraft) => unknown) => drafts.map((draft) => storableJson(read(draft)));
  return {
    id: drafts.map(({ id }) => id),
    rule: texts(({ rule }) => rule),
    ruleVersion: texts(({ ruleVersion }) => ruleVersion),
    title: texts(({ title }) => title),
    severity: texts(({ severity }) => severity),
    source: texts(({ source }) => source),
    firstSeenAt: drafts.map(({ firstSeenAt }) => storableTime(firstSeenAt)),
    lastSeenAt: drafts.map(({ lastSeenAt }) => storableTime(lastSeenAt)),
    message: texts(({ message }) => message),
    tactics: json(({ tactics }) => tactics),
    techniques: json(({ techniques }) => techniques),
    entities: json(({ entities }) => entities),
    cluster: entity('cluster'),
    namespace: entity('namespace'),
    node: entity('node'),
    evidence: json(({ evidence }) => evidence),
    event: json(({ event }) => event),
    ruleSnapshot: json(({ ruleSnapshot }) => ruleSnapshot),
    suppressedBy: drafts.map(({ id }) => suppressed.get(id) ?? null),
  };
}
