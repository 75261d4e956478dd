// Endpoints about destinations: where alerts are exported to.
import Type, { type Static } from 'typebox';
import { AlertChangeKind, ExportFormat } from '../alert/export.ts';
import { Severity } from '../alert/severity.ts';
import { literals } from '../literals.ts';
import { endpoint } from './endpoint.ts';

export const destinationTypes = ['webhook', 'slack', 'syslog', 'file'] as const;
export const DestinationType = literals(destinationTypes);
export type DestinationType = Static<typeof DestinationType>;

export const syslogProtocols = ['udp', 'tcp', 'tls'] as const;

const Patterns = (what: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 256 }), {
      ...{ minItems: 1, maxItems: 50 },
      description: `${what}, exact or globs; an alert must fit one of them`,
    }),
  );

/** Which alerts go to a destination; all but suppressed ones unless something is given. */
export const ExportFilter = Type.Object(
  {
    minSeverity: Type.Optional(Severity),
    clusters: Patterns('clusters'),
    namespaces: Patterns('namespaces'),
    rules: Patterns('rule ids'),
    changes: Type.Optional(
      Type.Array(AlertChangeKind, {
        ...{ minItems: 1, maxItems: 4 },
        description: 'what is told; raised, reopened and closed unless given',
      }),
    ),
    countEveryMinutes: Type.Optional(
      Type.Integer({
        ...{ minimum: 1, maximum: 10_080, default: 60 },
        description: 'where `counted` is told: at the most this often for one alert',
      }),
    ),
  },
  { additionalProperties: false },
);
export type ExportFilter = Static<typeof ExportFilter>;

const destinationName = Type.String({
  pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
  'x-must-be': 'lower-case letters, digits and dashes, at most 63, with no dash at either end',
});
const secret = (maxLength: number, description: string) =>
  Type.Optional(
    Type.String({
      ...{ minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f]+$' },
      description: `${description}; write-only`,
    }),
  );

export const NewDestination = Type.Object(
  {
    name: destinationName,
    type: DestinationType,
    format: Type.Optional(ExportFormat),
    url: secret(2048, 'of webhook and slack: where to post; it may hold a token'),
    signingKey: secret(256, 'of webhook: key of the HMAC signature'),
    authorization: secret(2048, 'of webhook: value of the Authorization header'),
    host: Type.Optional(Type.String({ minLength: 1, maxLength: 253, description: 'of syslog' })),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, description: 'of syslog' })),
    protocol: Type.Optional(literals(syslogProtocols)),
    ca: Type.Optional(
      Type.String({
        maxLength: 32_768,
        description: 'PEM of the authority of a server with TLS; public ones unless given',
      }),
    ),
    filter: Type.Optional(ExportFilter),
  },
  { additionalProperties: false },
);
export type NewDestination = Static<typeof NewDestination>;

export const Destination = Type.Object({
  id: Type.String(),
  name: Type.String(),
  type: DestinationType,
  format: ExportFormat,
  target: Type.String({ description: 'where it goes, without what is secret in it' }),
  filter: ExportFilter,
  state: literals(['active', 'paused']),
  createdAt: Type.String(),
  createdBy: Type.String(),
  healthy: Type.Boolean(),
  problem: Type.Optional(Type.String({ description: 'why the last attempt failed' })),
  waiting: Type.Integer({ description: 'alerts that changed and are not dealt with yet, up to 10,000' }),
  lagMs: Type.Integer({ description: 'age of the oldest message that waits' }),
  delivered: Type.Integer(),
  lastDeliveredAt: Type.Optional(Type.String()),
  deadLetters: Type.Integer(),
  deadLettersDropped: Type.Integer({ description: 'the oldest go when there are too many' }),
});
export type Destination = Static<typeof Destination>;

export const DeadLetter = Type.Object({
  id: Type.Integer(),
  destination: Type.String({ description: 'its name' }),
  alert: Type.String(),
  rule: Type.String(),
  title: Type.String(),
  change: AlertChangeKind,
  key: Type.String(),
  reason: Type.String(),
  attempts: Type.Integer(),
  failedAt: Type.String(),
});
export type DeadLetter = Static<typeof DeadLetter>;

export const listDestinations = endpoint({
  id: 'listDestinations',
  method: 'GET',
  path: '/api/v1/exports',
  access: 'exports:read',
  summary: 'Destinations of alerts, with their health, lag and dead letters',
  response: Type.Object({ items: Type.Array(Destination) }),
});

/** Alerts that change from now on are exported. Secrets are stored sealed, and never shown or written to the trail. */
export const createDestination = endpoint({
  id: 'createDestination',
  method: 'POST',
  path: '/api/v1/exports',
  access: 'exports:write',
  summary: 'Export alerts to a webhook, Slack, syslog or a file',
  body: NewDestination,
  secrets: ['url', 'signingKey', 'authorization'],
  response: Destination,
});

export const testDestination = endpoint({
  id: 'testDestination',
  method: 'POST',
  path: '/api/v1/exports/{id}/test',
  access: 'exports:write',
  summary: 'Send a made-up alert now, and say how it went',
  response: Type.Object({ delivered: Type.Boolean(), message: Type.String() }),
});

export const pauseDestination = endpoint({
  id: 'pauseDestination',
  method: 'POST',
  path: '/api/v1/exports/{id}/pause',
  access: 'exports:write',
  summary: 'Send nothing until it is resumed; alerts wait',
});

export const resumeDestination = endpoint({
  id: 'resumeDestination',
  method: 'POST',
  path: '/api/v1/exports/{id}/resume',
  access: 'exports:write',
  summary: 'Go on where it was paused',
});

export const deleteDestination = endpoint({
  id: 'deleteDestination',
  method: 'DELETE',
  path: '/api/v1/exports/{id}',
  access: 'exports:write',
  summary: 'Remove a destination with what waits for it and its dead letters',
});

export const listDeadLetters = endpoint({
  id: 'listDeadLetters',
  method: 'GET',
  path: '/api/v1/export-dead-letters',
  access: 'exports:read',
  summary: 'Messages that were given up, the latest first, each with the reason',
  query: Type.Object({
    destination: Type.Optional(Type.String({ maxLength: 64, description: 'id or name' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  }),
  response: Type.Object({ items: Type.Array(DeadLetter) }),
});

export const retryDeadLetters = endpoint({
  id: 'retryDeadLetters',
  method: 'POST',
  path: '/api/v1/exports/{id}/retry',
  access: 'exports:write',
  summary: "Send a destination's dead letters again, with their old keys",
  response: Type.Object({ retried: Type.Integer() }),
});

export const discardDeadLetters = endpoint({
  id: 'discardDeadLetters',
  method: 'POST',
  path: '/api/v1/exports/{id}/discard',
  access: 'exports:write',
  summary: "Throw a destination's dead letters away; they are never sent",
  response: Type.Object({ discarded: Type.Integer() }),
});
