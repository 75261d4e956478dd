// Alerts: list, read, close, open again.
import { type Alert, closeAlert, getAlert, listAlerts, reopenAlert } from '@yagura/contracts';
import { HubError } from '../../errors.ts';
import * as store from '../../store/alert-list.ts';
import * as status from '../../store/alert-status.ts';
import type { Database } from '../../store/database.ts';
import { storableTime } from '../../store/storable.ts';
import { type Route, route } from '../route.ts';

export const alertRoutes = (db: Database): readonly Route[] => [
  route(listAlerts, async ({ query }) => {
    checkTime('since', query.since);
    checkTime('until', query.until);
    return store.listAlerts(db, query);
  }),
  route(getAlert, async ({ params }) => found(await store.getAlert(db, params.id))),
  route(closeAlert, async ({ params, body, principal }) =>
    found(await status.closeAlert(db, params.id, { ...body, by: principal.name })),
  ),
  route(reopenAlert, async ({ params }) => found(await status.reopenAlert(db, params.id))),
];

function found(alert: Alert | undefined): Alert {
  if (alert === undefined) throw new HubError('NOT_FOUND', 'alert');
  return alert;
}

function checkTime(name: string, text: string | undefined): void {
  if (text !== undefined && storableTime(text) === null)
    throw new HubError('REQUEST_INVALID', `${name}: not a time such as 2026-01-31T12:00:00Z`);
}
