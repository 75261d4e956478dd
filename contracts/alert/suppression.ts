// A suppression: alerts that somebody has looked at and does not want to see again until a day that they name.
import Type, { type Static } from 'typebox';
import { literals } from '../literals.ts';

const Pattern = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 256, pattern: '^[^\\u0000-\\u001f]+$', description }));

/** Each field is an exact value or a glob (`*`, `?`, `[a-z]`); an alert matches when every field that is given does. */
export const SuppressionMatch = Type.Object(
  {
    rule: Pattern('rule id'),
    cluster: Pattern('cluster name'),
    namespace: Pattern('namespace'),
    workload: Pattern(
      'workload that the alert shows, or its pod, or the replica set or job of it, or the audited object, by name',
    ),
    user: Pattern('user name'),
    image: Pattern('image reference'),
    node: Pattern('node name'),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type SuppressionMatch = Static<typeof SuppressionMatch>;

export const suppressionFields = Object.keys(
  SuppressionMatch.properties,
) as readonly (keyof SuppressionMatch)[];

export const suppressionStates = ['active', 'expired', 'ended'] as const;

export const Suppression = Type.Object({
  id: Type.String(),
  match: SuppressionMatch,
  owner: Type.String({ description: 'who answers for it' }),
  reason: Type.String(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  expiresAt: Type.String(),
  endedAt: Type.Optional(Type.String({ description: 'when it was deleted' })),
  endedBy: Type.Optional(Type.String()),
  state: literals(suppressionStates),
  notice: Type.Optional(
    Type.String({ description: 'why it can keep nothing more from view: its rule or cluster is gone' }),
  ),
  hits: Type.Integer({ minimum: 0, description: 'events that it kept from view' }),
  lastHitAt: Type.Optional(Type.String()),
});
export type Suppression = Static<typeof Suppression>;
