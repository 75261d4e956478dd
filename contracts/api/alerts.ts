// Endpoints about alerts.
import Type, { type Static } from 'typebox';
import { Alert, AlertSummary, alertStatuses, CloseReason } from '../alert/alert.ts';
import { severities } from '../alert/severity.ts';
import { literals } from '../literals.ts';
import { endpoint } from './endpoint.ts';

/** Suppressed alerts are left out unless asked for: `true` is them alone, `all` is them and the others. */
export const suppressedChoices = ['false', 'true', 'all'] as const;
export type SuppressedChoice = (typeof suppressedChoices)[number];

/** Filters of the alert list; the console keeps the same names in its URL. All are optional and join with "and". */
export const AlertQuery = Type.Object({
  severity: Type.Optional(literals(severities)),
  status: Type.Optional(literals(alertStatuses)),
  suppressed: Type.Optional(literals(suppressedChoices)),
  rule: Type.Optional(Type.String({ maxLength: 128 })),
  cluster: Type.Optional(Type.String({ maxLength: 253 })),
  namespace: Type.Optional(Type.String({ maxLength: 253 })),
  node: Type.Optional(Type.String({ maxLength: 253 })),
  since: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339; on lastSeenAt' })),
  until: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339; on lastSeenAt' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 256, description: '`next` of the page before' })),
});
export type AlertQuery = Static<typeof AlertQuery>;

/** Newest `lastSeenAt` first. */
export const AlertPage = Type.Object({
  items: Type.Array(AlertSummary),
  next: Type.Optional(Type.String()),
  total: Type.Integer({ description: 'alerts that match the filter, over all pages' }),
});
export type AlertPage = Static<typeof AlertPage>;

export const CloseAlert = Type.Object({
  reason: CloseReason,
  comment: Type.Optional(Type.String({ maxLength: 2000 })),
});
export type CloseAlert = Static<typeof CloseAlert>;

export const listAlerts = endpoint({
  id: 'listAlerts',
  method: 'GET',
  path: '/api/v1/alerts',
  access: 'alerts:read',
  summary: 'Alerts, the latest first, a page at a time',
  query: AlertQuery,
  response: AlertPage,
});

export const getAlert = endpoint({
  id: 'getAlert',
  method: 'GET',
  path: '/api/v1/alerts/{id}',
  access: 'alerts:read',
  summary: 'One alert with its evidence, event and rule text',
  response: Alert,
});

export const closeAlert = endpoint({
  id: 'closeAlert',
  method: 'POST',
  path: '/api/v1/alerts/{id}/close',
  access: 'alerts:write',
  summary: 'Close an alert with a reason',
  body: CloseAlert,
  response: Alert,
});

export const reopenAlert = endpoint({
  id: 'reopenAlert',
  method: 'POST',
  path: '/api/v1/alerts/{id}/reopen',
  access: 'alerts:write',
  summary: 'Open a closed alert again',
  response: Alert,
});

/**
 * Server-sent events: `event: alert`, `data:` an AlertSummary, for each new alert and each new count of one;
 * `event: incident`, `data:` an IncidentSummary, for each incident that is new or changed.
 */
export const watchAlerts = endpoint({
  id: 'watchAlerts',
  method: 'GET',
  path: '/api/v1/alert-stream',
  access: 'alerts:read',
  query: Type.Object({ suppressed: Type.Optional(literals(suppressedChoices)) }),
  summary: 'Alerts as they are raised or counted up, and incidents as they change, as server-sent events',
  produces: 'text/event-stream',
});
