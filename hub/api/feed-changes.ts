// What the stream tells a client that was away: alerts and incidents that changed since, in one order.
import { lastChange, listChanges } from '../store/alert-list.ts';
import type { Database } from '../store/database.ts';
import { listIncidentChanges } from '../store/incident-list.ts';
import type { FeedChange } from './alert-feed.ts';

export async function listFeedChanges(
  db: Database,
  page: { readonly after: number; readonly limit: number },
): Promise<readonly FeedChange[]> {
  const [alerts, incidents] = await Promise.all([listChanges(db, page), listIncidentChanges(db, page)]);
  // Both take their numbers from one sequence; the rest comes with the next page.
  return [...alerts, ...incidents].sort((a, b) => a.change - b.change).slice(0, page.limit);
}

/** The newest change that is kept; 0 if there is none. */
export async function lastFeedChange(db: Database): Promise<number> {
  const [alerts, incidents] = await Promise.all([
    lastChange(db),
    db
      .selectFrom('incidents')
      .select(({ fn }) => fn.max('change').as('last'))
      .executeTakeFirst(),
  ]);
  return Math.max(alerts, incidents?.last ?? 0);
}
