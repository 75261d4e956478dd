// How destinations are, for people and for the hub's conditions.
import type { Destination } from '@yagura/contracts';
import type { Finding } from '../start/conditions.ts';
import type { Backlog, DestinationRow } from '../store/destinations.ts';

export function describeDestination(
  row: DestinationRow,
  { waiting, oldestAt, deadLetters, problem }: Backlog,
  now: number,
): Destination {
  return {
    ...{ id: row.id, name: row.name, type: row.type, format: row.format, target: row.target },
    ...{ filter: row.filter, state: row.state, createdAt: row.created_at, createdBy: row.created_by },
    healthy: problem === null,
    ...(problem === null ? {} : { problem }),
    waiting,
    lagMs: oldestAt === null ? 0 : Math.max(0, Math.round(now - Date.parse(oldestAt))),
    delivered: row.delivered,
    ...(row.last_delivered_at === null ? {} : { lastDeliveredAt: row.last_delivered_at }),
    ...{ deadLetters, deadLettersDropped: row.dead_dropped },
  };
}

/** Failing and late are two things: one that is slow may never fail. */
const lateMs = 10 * 60_000;

export function exportsFinding(destinations: readonly Destination[]): Finding {
  const name = 'exports';
  const problems = destinations.flatMap(({ name: destination, state, problem, lagMs, waiting }) => {
    if (state === 'paused') return [];
    if (problem !== undefined) return [`${destination}: ${problem}; ${waiting} waiting`];
    return lagMs > lateMs
      ? [`${destination}: ${waiting} waiting, the oldest for ${Math.round(lagMs / 60_000)} min`]
      : [];
  });
  return problems.length === 0
    ? { name, healthy: true }
    : { name, healthy: false, message: problems.join('\n') };
}
