// Incidents: list, read, close, open again, assign, comment.
import {
  assignIncident,
  closeIncident,
  commentIncident,
  getIncident,
  type IncidentSummary,
  listIncidents,
  reopenIncident,
} from '@yagura/contracts';
import { HubError } from '../../errors.ts';
import * as judge from '../../incidents/judge.ts';
import type { Database } from '../../store/database.ts';
import * as detail from '../../store/incident-detail.ts';
import * as store from '../../store/incident-list.ts';
import * as status from '../../store/incident-status.ts';
import type { AlertFeed } from '../alert-feed.ts';
import { checkTime } from '../check-time.ts';
import { type Route, route } from '../route.ts';

export const incidentRoutes = (db: Database, feed: AlertFeed): readonly Route[] => {
  const told = (incident: IncidentSummary | undefined): IncidentSummary => {
    const changed = found(incident);
    feed.publish([{ incident: changed, change: undefined }]);
    return changed;
  };
  return [
    route(listIncidents, async ({ query }) => {
      checkTime('since', query.since);
      checkTime('until', query.until);
      return store.listIncidents(db, query);
    }),
    route(getIncident, async ({ params }) => found(await detail.getIncident(db, params.id))),
    route(closeIncident, async ({ params, body, principal }) => {
      const closed = await judge.closeIncident(db, params.id, { ...body, by: principal.name });
      feed.publish(closed?.incidents.filter(({ incident }) => incident.id !== params.id) ?? []);
      return told(closed?.incident);
    }),
    route(reopenIncident, async ({ params }) => told(await status.reopenIncident(db, params.id))),
    route(assignIncident, async ({ params, body }) =>
      told(await status.assignIncident(db, params.id, body.owner)),
    ),
    route(commentIncident, async ({ params, body, principal }) =>
      found(await status.commentIncident(db, params.id, { author: principal.name, text: body.text })),
    ),
  ];
};

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new HubError('NOT_FOUND', 'incident');
  return value;
}
