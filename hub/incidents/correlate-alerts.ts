// The step of recording in which alerts find their incidents: in the same transaction, so that it happens once.
import { randomBytes } from 'node:crypto';
import { activitiesOf, Book, type IncidentSettings, linksOf } from '@yagura/detection';
import type { AlertChange, Occurrence } from '../store/alerts.ts';
import type { Database } from '../store/database.ts';
import { type IncidentChange, toIncidentSummary } from '../store/incident-row.ts';
import { storableTime } from '../store/storable.ts';
import { type Batch, correlateBatch } from './batch.ts';
import { lockIncidents } from './lock-incidents.ts';
import { readKnown } from './read-known.ts';
import { prolong, rescore, rescoreOf } from './rescore.ts';
import { writeBatch } from './write-batch.ts';

export interface CorrelateInput {
  /** What recording the occurrences changed: what was recorded before is not in it, so a replay does nothing here. */
  readonly changes: readonly AlertChange[];
  readonly occurrences: readonly Occurrence[];
  readonly settings: IncidentSettings;
  readonly nowMs: number;
}

export interface Correlated {
  /** In the order of the changes. */
  readonly incidents: readonly IncidentChange[];
  readonly opened: number;
  readonly merged: number;
  readonly leftOut: number;
  readonly tooCommon: number;
}

const nothing: Correlated = { incidents: [], opened: 0, merged: 0, leftOut: 0, tooCommon: 0 };

export async function correlateAlerts(db: Database, input: CorrelateInput): Promise<Correlated> {
  const { settings, nowMs } = input;
  await rescoreOf(db, suppressedIn(input.changes));
  const activities = activitiesOf(timesOf(input), settings.gapMs);
  if (activities.length === 0) return nothing;
  await lockIncidents(db);
  const book = new Book(await readKnown(db, activities, settings), settings);
  const batch = correlateBatch(activities, { book, newId: () => randomBytes(8).toString('hex'), nowMs });
  const { newlyTooCommon } = await writeBatch(db, batch);
  const incidents = [
    ...(await rescore(db, [...batch.restructured], { because: 'activity' })),
    ...(await prolong(db, [...batch.prolonged])),
    ...(await readMerged(db, batch)),
  ];
  return {
    incidents: incidents.sort((a, b) => (a.change ?? 0) - (b.change ?? 0)),
    opened: batch.opened.length,
    merged: batch.merges.length,
    leftOut: batch.leftOut,
    tooCommon: newlyTooCommon,
  };
}

async function readMerged(db: Database, { merges }: Batch): Promise<readonly IncidentChange[]> {
  if (merges.length === 0) return [];
  const ids = merges.map(({ from }) => from);
  const rows = await db.selectFrom('incidents').selectAll().where('id', 'in', ids).execute();
  return rows.map((row) => ({ incident: toIncidentSummary(row), change: row.change }));
}

/** A clock that is older shows nonsense, and an hour before it may be no time that can be stored. */
const sinceEpoch = (time: string): number => Math.max(0, Date.parse(time));

const suppressedIn = (changes: readonly AlertChange[]): readonly string[] =>
  changes.filter(({ alert }) => alert.suppressedBy !== undefined).map(({ alert }) => alert.id);

/** An alert that a person judged, or that is suppressed, counts on, but begins and joins nothing. */
function timesOf({ changes, occurrences }: CorrelateInput) {
  const timesMs = new Map<string, number[]>();
  for (const { alert } of occurrences) {
    const times = timesMs.get(alert.id) ?? [];
    timesMs.set(alert.id, times);
    for (const time of [alert.firstSeenAt, alert.lastSeenAt])
      if (storableTime(time) !== null) times.push(sinceEpoch(time));
  }
  return changes
    .filter(({ alert }) => alert.status === 'open' && alert.suppressedBy === undefined)
    .map(({ alert: { id, rule, source, entities, lastSeenAt } }) => {
      const times = timesMs.get(id) ?? [];
      return {
        alertId: id,
        rule,
        links: linksOf(source, entities),
        timesMs: times.length > 0 ? times : [sinceEpoch(lastSeenAt)],
      };
    });
}
