// Alerts that belong together: what one attacker, or one mishap, did to one thing after another.
import Type, { type Static } from 'typebox';
import { AlertSource, AlertSummary, CloseReason } from '../alert/alert.ts';
import { Severity } from '../alert/severity.ts';
import { tactics } from '../alert/tactic.ts';
import { literals } from '../literals.ts';

/** `merged`: an alert belonged to this incident and to an older one, which it then became part of. */
export const incidentStatuses = ['open', 'closed', 'merged'] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

const Tactic = literals(tactics);

const summary = {
  id: Type.String(),
  title: Type.String({ description: 'the worst alert, how many more, and where' }),
  status: literals(incidentStatuses),
  mergedInto: Type.Optional(Type.String({ description: 'id of the incident that this one became part of' })),
  severity: Severity,
  score: Type.Integer({ minimum: 0, maximum: 100 }),
  tactics: Type.Array(Tactic, { description: 'in the order of the kill chain' }),
  sources: Type.Array(AlertSource),
  alerts: Type.Integer({ minimum: 0, description: 'number of its alerts' }),
  firstSeenAt: Type.String(),
  lastSeenAt: Type.String(),
  openedAt: Type.String({ description: 'when the hub put it together' }),
  owner: Type.Optional(Type.String()),
  closeReason: Type.Optional(CloseReason),
  closeComment: Type.Optional(Type.String()),
  closedBy: Type.Optional(Type.String()),
  closedAt: Type.Optional(Type.String()),
};

export const IncidentSummary = Type.Object(summary);
export type IncidentSummary = Static<typeof IncidentSummary>;

/** One reason for the score; the parts add up to it. */
export const ScorePart = Type.Object({
  name: literals(['tactics', 'severity', 'sources']),
  points: Type.Integer({ minimum: 0 }),
  limit: Type.Integer({ description: 'points that this part gives at the most' }),
  why: Type.String(),
});
export type ScorePart = Static<typeof ScorePart>;

export const linkKinds = ['pod', 'container', 'host', 'workload', 'identity', 'address', 'image'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** A thing that several of its alerts share, or that one of them could share with others. */
export const IncidentEntity = Type.Object({
  kind: literals(linkKinds),
  value: Type.String(),
  cluster: Type.Optional(Type.String()),
  alerts: Type.Array(Type.String(), { description: 'ids of the alerts that name it' }),
  tooCommon: Type.Optional(
    Type.String({
      description: 'why it links no further alerts: it was seen with too many different things',
    }),
  ),
});
export type IncidentEntity = Static<typeof IncidentEntity>;

export const IncidentAlert = Type.Object({
  alert: AlertSummary,
  tactic: Type.Optional(Tactic),
  firstSeenAt: Type.String({ description: 'within this incident; the alert itself may be older' }),
  lastSeenAt: Type.String({ description: 'within this incident' }),
  joinedAt: Type.String(),
  linkedBy: Type.Array(Type.String(), {
    description: 'what it shared when it joined, such as `pod shop/web-1`',
  }),
  counts: Type.Boolean({ description: 'false: judged to be no attack, or suppressed; it leaves the score' }),
});
export type IncidentAlert = Static<typeof IncidentAlert>;

export const IncidentComment = Type.Object({
  id: Type.Integer(),
  time: Type.String(),
  author: Type.String(),
  text: Type.String(),
});
export type IncidentComment = Static<typeof IncidentComment>;

export const Incident = Type.Object({
  ...summary,
  scoreParts: Type.Array(ScorePart),
  timeline: Type.Array(IncidentAlert, { description: 'by tactic along the kill chain, then by time' }),
  entities: Type.Array(IncidentEntity, { description: 'most shared first' }),
  comments: Type.Array(IncidentComment, { description: 'oldest first' }),
  merged: Type.Array(Type.String(), { description: 'ids of the incidents that became part of this one' }),
});
export type Incident = Static<typeof Incident>;
