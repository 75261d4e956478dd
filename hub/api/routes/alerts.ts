// Alerts: list, read, close, open again.
import { type Alert, closeAlert, getAlert, listAlerts, reopenAlert } from '@yagura/contracts';
import { HubError } from '../../errors.ts';
import { type JudgedAlert, judgeAlert } from '../../incidents/judge.ts';
import * as store from '../../store/alert-list.ts';
import * as status from '../../store/alert-status.ts';
import type { Database } from '../../store/database.ts';
import type { AlertFeed } from '../alert-feed.ts';
import { checkTime } from '../check-time.ts';
import { type Route, route } from '../route.ts';

export const alertRoutes = (db: Database, feed: AlertFeed): readonly Route[] => [
  route(listAlerts, async ({ query }) => {
    checkTime('since', query.since);
    checkTime('until', query.until);
    return store.listAlerts(db, query);
  }),
  route(getAlert, async ({ params }) => found(await store.getAlert(db, params.id))),
  route(closeAlert, async ({ params, body, principal }) =>
    told(
      feed,
      await judgeAlert(db, (transaction) =>
        status.closeAlert(transaction, params.id, { ...body, by: principal.name }),
      ),
    ),
  ),
  route(reopenAlert, async ({ params }) =>
    told(feed, await judgeAlert(db, (transaction) => status.reopenAlert(transaction, params.id))),
  ),
];

/** The incidents of the alert are others now. */
function told(feed: AlertFeed, judged: JudgedAlert | undefined): Alert {
  feed.publish(judged?.incidents ?? []);
  return found(judged?.alert);
}

function found(alert: Alert | undefined): Alert {
  if (alert === undefined) throw new HubError('NOT_FOUND', 'alert');
  return alert;
}
