// The live stream of alerts and incidents.
import { watchAlerts } from '@yagura/contracts';
import { HubError } from '../../errors.ts';
import type { Database } from '../../store/database.ts';
import type { AlertFeed } from '../alert-feed.ts';
import { alertStream } from '../alert-stream.ts';
import { lastFeedChange, listFeedChanges } from '../feed-changes.ts';
import { type Route, route } from '../route.ts';

const pageSize = 500;

export const alertStreamRoutes = (db: Database, feed: AlertFeed): readonly Route[] => [
  route(watchAlerts, async ({ request, query }) => {
    // Before the database is read, so that nothing falls between the two.
    const watcher = feed.watch();
    if (watcher === undefined) throw new HubError('TOO_MANY_REQUESTS', 'streams', { retryAfterS: 30 });
    try {
      const after = readLastId(request.headers.get('last-event-id')) ?? (await lastFeedChange(db));
      const readChanges = (from: number) => listFeedChanges(db, { after: from, limit: pageSize });
      return new Response(alertStream({ watcher, after, readChanges, suppressed: query?.suppressed }), {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store, no-transform',
          'x-accel-buffering': 'no',
        },
      });
    } catch (error) {
      watcher[Symbol.dispose]();
      throw error;
    }
  }),
];

const readLastId = (text: string | null): number | undefined =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
