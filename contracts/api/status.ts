// Endpoints about the hub itself.
import Type, { type Static } from 'typebox';
import { endpoint } from './endpoint.ts';

export const HubStatus = Type.Object({
  version: Type.String(),
  startedAt: Type.String(),
  workspace: Type.String(),
  conditions: Type.Array(
    Type.Object({
      name: Type.String(),
      healthy: Type.Boolean(),
      message: Type.Optional(Type.String()),
      since: Type.String(),
    }),
  ),
  eventLog: Type.Object({
    bytes: Type.Integer(),
    limitBytes: Type.Integer(),
    pendingEvents: Type.Integer(),
    dropped: Type.Integer(),
  }),
  pipeline: Type.Object({
    eventsTotal: Type.Integer(),
    alertsTotal: Type.Integer(),
    lagMs: Type.Integer(),
  }),
});
export type HubStatus = Static<typeof HubStatus>;

export const getStatus = endpoint({
  id: 'getStatus',
  method: 'GET',
  path: '/api/v1/status',
  access: 'fleet:read',
  summary: 'How the hub is: conditions, event log, pipeline',
  response: HubStatus,
});

export const getHealth = endpoint({
  id: 'getHealth',
  method: 'GET',
  path: '/healthz',
  access: 'open',
  summary: '200 when the hub can take and analyse events, 503 with the failing condition otherwise',
  response: Type.Object({ healthy: Type.Boolean(), failing: Type.Array(Type.String()) }),
});

export const getMetrics = endpoint({
  id: 'getMetrics',
  method: 'GET',
  path: '/metrics',
  access: 'fleet:read',
  summary: 'Prometheus metrics',
  produces: 'text/plain',
});

export const getOpenApi = endpoint({
  id: 'getOpenApi',
  method: 'GET',
  path: '/api/v1/openapi.json',
  access: 'open',
  summary: 'This API as an OpenAPI 3.1 document',
  response: Type.Unknown(),
});
