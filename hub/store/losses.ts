// Loss counters: cumulative where they are counted, summed up here over the restarts of who counts them.
import type { LossCounter } from '@yagura/contracts';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { storableText, storableTime } from './storable.ts';

export type LossOwner = `agent:${string}` | `cluster:${string}`;

/** Different counters that one owner may have; more can only come from one that makes up names. */
const maxCounters = 1000;

/**
 * Merges counters. The same `since`: the larger count stands, so that a report sent twice or late does no harm. A newer
 * `since`: the counter began anew, and what it had counted before is kept in `earlier`. An older one changes nothing.
 */
export async function mergeLosses(
  db: Database,
  owner: LossOwner,
  counters: readonly LossCounter[],
): Promise<void> {
  for (const round of roundsOf(counters)) await mergeRound(db, owner, round);
}

/** One statement may touch a row once, so that a counter named twice waits for the next round. */
function roundsOf(counters: readonly LossCounter[]): readonly (readonly LossCounter[])[] {
  const rounds: LossCounter[][] = [];
  const seen = new Map<string, number>();
  for (const counter of counters.map(storable)) {
    const key = JSON.stringify([counter.stage, counter.kind, counter.reason]);
    const round = seen.get(key) ?? 0;
    seen.set(key, round + 1);
    rounds[round] ??= [];
    rounds[round].push(counter);
  }
  return rounds;
}

const epoch = '1970-01-01T00:00:00Z';
const storable = (counter: LossCounter): LossCounter => ({
  stage: storableText(counter.stage),
  kind: storableText(counter.kind),
  reason: storableText(counter.reason ?? ''),
  count: counter.count,
  since: storableTime(counter.since) ?? epoch,
});

async function mergeRound(db: Database, owner: LossOwner, round: readonly LossCounter[]): Promise<void> {
  await sql`
    INSERT INTO losses AS l (owner, stage, kind, reason, since, count, first_since)
    SELECT ${owner}, n.stage, n.kind, n.reason, n.since, n.count, n.since
    FROM unnest(${round.map(({ stage }) => stage)}::text[], ${round.map(({ kind }) => kind)}::text[],
      ${round.map(({ reason }) => reason ?? '')}::text[], ${round.map(({ since }) => since)}::timestamptz[],
      ${round.map(({ count }) => count)}::bigint[]) AS n (stage, kind, reason, since, count)
    WHERE (SELECT count(*) FROM losses WHERE owner = ${owner}) < ${maxCounters}
      OR EXISTS (SELECT FROM losses k WHERE k.owner = ${owner} AND k.stage = n.stage AND k.kind = n.kind
        AND k.reason = n.reason)
    ORDER BY 2, 3, 4
    ON CONFLICT (owner, stage, kind, reason) DO UPDATE SET
      earlier = CASE WHEN excluded.since > l.since THEN l.earlier + l.count ELSE l.earlier END,
      count = CASE
        WHEN excluded.since > l.since THEN excluded.count
        WHEN excluded.since = l.since THEN greatest(l.count, excluded.count)
        ELSE l.count END,
      since = greatest(l.since, excluded.since)`.execute(db);
}

export interface LossSummary {
  readonly losses: LossCounter[];
  readonly lossTotal: number;
}

/** What each owner lost, the most first; owners that lost nothing are not in it. */
export async function readLosses(
  db: Database,
  kind: 'agent' | 'cluster',
): Promise<ReadonlyMap<string, LossSummary>> {
  const rows = await db
    .selectFrom('losses')
    .select(['owner', 'stage', 'kind', 'reason', 'first_since'])
    .select(sql<number>`earlier + count`.as('total'))
    .where('owner', 'like', `${kind}:%`)
    .where(sql<boolean>`earlier + count > 0`)
    .orderBy('total', 'desc')
    .execute();
  const byOwner = new Map<string, { losses: LossCounter[]; lossTotal: number }>();
  for (const { owner, first_since, total, reason, ...where } of rows) {
    const name = owner.slice(kind.length + 1);
    const summary = byOwner.get(name) ?? { losses: [], lossTotal: 0 };
    summary.losses.push({
      ...where,
      ...(reason === '' ? {} : { reason }),
      count: total,
      since: first_since,
    });
    summary.lossTotal += total;
    byOwner.set(name, summary);
  }
  return byOwner;
}
