// Endpoints about suppressions.
import Type, { type Static } from 'typebox';
import { Severity } from '../alert/severity.ts';
import { Suppression, SuppressionMatch } from '../alert/suppression.ts';
import { endpoint } from './endpoint.ts';

export const listSuppressions = endpoint({
  id: 'listSuppressions',
  method: 'GET',
  path: '/api/v1/suppressions',
  access: 'suppressions:read',
  summary: 'Suppressions with their hits: those that hold first, then those that have ended',
  response: Type.Object({ items: Type.Array(Suppression) }),
});

export const NewSuppression = Type.Object({
  match: SuppressionMatch,
  owner: Type.String({ minLength: 1, maxLength: 128, pattern: '\\S' }),
  reason: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }),
  expiresAt: Type.String({ maxLength: 40, description: 'RFC 3339; at most a year from now' }),
});
export type NewSuppression = Static<typeof NewSuppression>;

export const createSuppression = endpoint({
  id: 'createSuppression',
  method: 'POST',
  path: '/api/v1/suppressions',
  access: 'suppressions:write',
  summary: 'Keep alerts like these from view and from export, until a time',
  body: NewSuppression,
  response: Suppression,
});

/** It stays in the list, as `ended`. Alerts that it hid stay hidden until they occur again. */
export const deleteSuppression = endpoint({
  id: 'deleteSuppression',
  method: 'DELETE',
  path: '/api/v1/suppressions/{id}',
  access: 'suppressions:write',
  summary: 'End a suppression before its time',
});

export const SuppressionPreview = Type.Object({
  days: Type.Integer({ description: 'how far back it looked' }),
  matched: Type.Integer({ description: 'alerts of these days that it would have kept from view' }),
  total: Type.Integer({ description: 'alerts of these days' }),
  notice: Type.Optional(Type.String({ description: 'why it would be refused: no rule has this id' })),
  isPartial: Type.Boolean({ description: 'there were more than it looks at; the latest were looked at' }),
  examples: Type.Array(
    Type.Object({
      id: Type.String(),
      rule: Type.String(),
      title: Type.String(),
      severity: Severity,
      message: Type.String(),
      lastSeenAt: Type.String(),
    }),
  ),
});
export type SuppressionPreview = Static<typeof SuppressionPreview>;

export const previewSuppression = endpoint({
  id: 'previewSuppression',
  method: 'GET',
  path: '/api/v1/suppression-preview',
  access: 'suppressions:read',
  summary: "Which of the last 7 days' alerts a suppression would have kept from view",
  query: Type.Object(SuppressionMatch.properties, { additionalProperties: false }),
  response: SuppressionPreview,
});
