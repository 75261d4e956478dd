// Endpoints about incidents.
import Type, { type Static } from 'typebox';
import { CloseReason } from '../alert/alert.ts';
import { severities } from '../alert/severity.ts';
import { Incident, IncidentComment, IncidentSummary } from '../incident/incident.ts';
import { literals } from '../literals.ts';
import { endpoint } from './endpoint.ts';

/** Filters of the incident list. All are optional and join with "and". */
export const IncidentQuery = Type.Object({
  status: Type.Optional(literals(['open', 'closed'])),
  severity: Type.Optional(literals(severities)),
  minScore: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  cluster: Type.Optional(Type.String({ maxLength: 253, description: 'one of its alerts is from there' })),
  owner: Type.Optional(Type.String({ maxLength: 128 })),
  alert: Type.Optional(
    Type.String({ maxLength: 128, description: 'id of an alert: the incidents it is in' }),
  ),
  since: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339; on lastSeenAt' })),
  until: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339; on lastSeenAt' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 256, description: '`next` of the page before' })),
});
export type IncidentQuery = Static<typeof IncidentQuery>;

/** Newest `lastSeenAt` first; those that were merged into another are left out. */
export const IncidentPage = Type.Object({
  items: Type.Array(IncidentSummary),
  next: Type.Optional(Type.String()),
  total: Type.Integer({ description: 'incidents that match the filter, over all pages' }),
});
export type IncidentPage = Static<typeof IncidentPage>;

export const CloseIncident = Type.Object({
  reason: CloseReason,
  comment: Type.Optional(Type.String({ maxLength: 2000 })),
  closeAlerts: Type.Optional(
    Type.Boolean({
      default: false,
      description: 'close its open alerts too, with the same reason and comment',
    }),
  ),
});
export type CloseIncident = Static<typeof CloseIncident>;

export const listIncidents = endpoint({
  id: 'listIncidents',
  method: 'GET',
  path: '/api/v1/incidents',
  access: 'alerts:read',
  summary: 'Incidents, the latest first, a page at a time',
  query: IncidentQuery,
  response: IncidentPage,
});

export const getIncident = endpoint({
  id: 'getIncident',
  method: 'GET',
  path: '/api/v1/incidents/{id}',
  access: 'alerts:read',
  summary: 'One incident: its alerts along the kill chain, what they share, its score in parts, its comments',
  response: Incident,
});

export const closeIncident = endpoint({
  id: 'closeIncident',
  method: 'POST',
  path: '/api/v1/incidents/{id}/close',
  access: 'alerts:write',
  summary: 'Close an incident with a reason, and its alerts if wished',
  body: CloseIncident,
  response: IncidentSummary,
});

export const reopenIncident = endpoint({
  id: 'reopenIncident',
  method: 'POST',
  path: '/api/v1/incidents/{id}/reopen',
  access: 'alerts:write',
  summary: 'Open a closed incident again; its alerts stay as they are',
  response: IncidentSummary,
});

export const assignIncident = endpoint({
  id: 'assignIncident',
  method: 'PUT',
  path: '/api/v1/incidents/{id}/owner',
  access: 'alerts:write',
  summary: 'Say who takes care of an incident; an empty owner says that nobody does',
  body: Type.Object({ owner: Type.String({ maxLength: 128 }) }),
  response: IncidentSummary,
});

export const commentIncident = endpoint({
  id: 'commentIncident',
  method: 'POST',
  path: '/api/v1/incidents/{id}/comments',
  access: 'alerts:write',
  summary: 'Write down what was found out about an incident',
  body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 4000 }) }),
  response: IncidentComment,
});
