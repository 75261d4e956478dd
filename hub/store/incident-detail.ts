// Reads one incident whole: its alerts along the kill chain, what they share, its score in parts, its comments.
import type { Incident, IncidentAlert, IncidentEntity, LinkKind } from '@yagura/contracts';
import { inKillChainOrder, tacticRank, tactics } from '@yagura/contracts';
import { type Link, linksOf, maxOthers, scoreOf } from '@yagura/detection';
import { type AlertRow, summaryColumns, toSummary } from './alert-row.ts';
import { isCounted } from './counted-alert.ts';
import type { Database } from './database.ts';
import { toIncidentSummary } from './incident-row.ts';

export async function getIncident(db: Database, id: string): Promise<Incident | undefined> {
  const row = await db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const [timeline, comments, merged] = await Promise.all([
    readTimeline(db, id),
    db
      .selectFrom('incident_comments')
      .select(['id', 'time', 'author', 'text'])
      .where('incident_id', '=', id)
      .orderBy('id')
      .execute(),
    db.selectFrom('incidents').select('id').where('merged_into', '=', id).orderBy('id').execute(),
  ]);
  const counted = timeline.filter(({ counts }) => counts).map(({ alert }) => alert);
  return {
    ...toIncidentSummary(row),
    scoreParts: [...scoreOf(counted).parts],
    timeline,
    entities: await readEntities(db, timeline),
    comments,
    merged: merged.map((one) => one.id),
  };
}

async function readTimeline(db: Database, id: string): Promise<IncidentAlert[]> {
  const rows = await db
    .selectFrom('incident_alerts as m')
    .innerJoin('alerts as a', 'a.id', 'm.alert_id')
    .select(summaryColumns.map((column) => `a.${column}` as const))
    .select([
      'm.first_seen_at as member_first',
      'm.last_seen_at as member_last',
      'm.joined_at',
      'm.linked_by',
    ])
    .where('m.incident_id', '=', id)
    .orderBy('m.first_seen_at')
    .orderBy('a.id')
    .execute();
  const alerts = rows.map((row): IncidentAlert => {
    const [tactic] = inKillChainOrder(row.tactics);
    return {
      alert: toSummary(row as AlertRow),
      ...(tactic === undefined ? {} : { tactic }),
      firstSeenAt: row.member_first,
      lastSeenAt: row.member_last,
      joinedAt: row.joined_at,
      linkedBy: row.linked_by,
      counts: isCounted(row),
    };
  });
  // The sort is stable: within a tactic the order of time stays.
  return alerts.sort((a, b) => rankOf(a) - rankOf(b));
}

const rankOf = ({ tactic }: IncidentAlert): number =>
  tactic === undefined ? tactics.length : tacticRank(tactic);

async function readEntities(db: Database, timeline: readonly IncidentAlert[]): Promise<IncidentEntity[]> {
  const found = new Map<string, { link: Link; alerts: string[] }>();
  for (const { alert } of timeline)
    for (const link of linksOf(alert.source, alert.entities)) {
      const known = found.get(link.key) ?? { link, alerts: [] };
      known.alerts.push(alert.id);
      found.set(link.key, known);
    }
  const common =
    found.size === 0
      ? []
      : await db
          .selectFrom('hub_entities')
          .selectAll()
          .where('key', 'in', [...found.keys()])
          .execute();
  const others = new Map(common.map(({ key, others: count }) => [key, count]));
  return [...found.values()]
    .sort((a, b) => b.alerts.length - a.alerts.length)
    .map(({ link: { key, kind, value, cluster }, alerts }) => {
      const why = commonText(kind, others.get(key));
      return {
        ...{ kind, value, alerts },
        ...(cluster === undefined ? {} : { cluster }),
        ...(why === undefined ? {} : { tooCommon: why }),
      };
    });
}

function commonText(kind: LinkKind, others: number | undefined): string | undefined {
  const limit = maxOthers(kind);
  return others === undefined || limit === undefined
    ? undefined
    : `seen with ${others} ${limit.of} or more within a day; it links up to ${limit.count}`;
}
