// What a person sees: one finding of one rule about one thing, with the evidence it needs.
import Type, { type Static } from 'typebox';
import { literals } from '../literals.ts';
import { Severity } from './severity.ts';

export const AlertSource = literals(['syscall', 'k8s_audit']);
export type AlertSource = Static<typeof AlertSource>;

export const alertStatuses = ['open', 'closed'] as const;
export const closeReasons = ['resolved', 'benign', 'false-positive', 'duplicate', 'test'] as const;
export const CloseReason = literals(closeReasons);
export type CloseReason = Static<typeof CloseReason>;

/**
 * One field of the event that the rule's condition looked at and that held; or, as `threshold.…`, `sequence.…` and
 * `novelty.…`, what the rule remembered of events before.
 */
export const Evidence = Type.Object({ field: Type.String(), value: Type.Unknown() });
export type Evidence = Static<typeof Evidence>;

/** What the alert is about; alerts are grouped and filtered by these. */
export const Entities = Type.Object({
  cluster: Type.Optional(Type.String()),
  node: Type.Optional(Type.String()),
  namespace: Type.Optional(Type.String()),
  pod: Type.Optional(Type.String()),
  workload: Type.Optional(Type.String({ description: 'what the pod belongs to: the same for all its pods' })),
  container: Type.Optional(Type.String()),
  image: Type.Optional(Type.String()),
  process: Type.Optional(Type.String()),
  user: Type.Optional(Type.String()),
  sourceAddress: Type.Optional(Type.String()),
  callerPod: Type.Optional(
    Type.String({ description: "namespace/name of the pod whose service account's token made the request" }),
  ),
  resource: Type.Optional(Type.String({ description: 'resource/name of an audited object' })),
});
export type Entities = Static<typeof Entities>;

/** The rule as it stood when it fired. */
export const RuleSnapshot = Type.Object({
  condition: Type.String(),
  text: Type.String({ description: "the rule's own YAML" }),
  why: Type.Optional(Type.String()),
  benign: Type.Optional(Type.Array(Type.String())),
  respond: Type.Optional(Type.Array(Type.String())),
  similarTo: Type.Optional(Type.Array(Type.String({ description: 'Defender alert that it is like' }))),
});
export type RuleSnapshot = Static<typeof RuleSnapshot>;

const summary = {
  id: Type.String({ description: 'derived from rule and entity: the same thing seen twice has the same id' }),
  rule: Type.String(),
  ruleVersion: Type.String(),
  title: Type.String(),
  severity: Severity,
  source: AlertSource,
  count: Type.Integer({ minimum: 1, description: 'distinct events that fired it' }),
  firstSeenAt: Type.String(),
  lastSeenAt: Type.String(),
  message: Type.String(),
  tactics: Type.Array(Type.String()),
  techniques: Type.Array(Type.String()),
  entities: Entities,
};

/** What the engine and `yagura analyze` produce: an alert that no store has seen. */
export const AlertDraft = Type.Object({
  ...summary,
  evidence: Type.Array(Evidence),
  event: Type.Unknown({ description: 'the first event that fired it, bounded in size' }),
  ruleSnapshot: RuleSnapshot,
});
export type AlertDraft = Static<typeof AlertDraft>;

const stored = {
  raisedAt: Type.String({ description: 'when the hub stored it' }),
  status: literals(alertStatuses),
  closeReason: Type.Optional(CloseReason),
  closeComment: Type.Optional(Type.String()),
  closedBy: Type.Optional(Type.String()),
  closedAt: Type.Optional(Type.String()),
  suppressedBy: Type.Optional(
    Type.String({ description: 'id of the suppression that keeps it from view; absent: none' }),
  ),
};

export const AlertSummary = Type.Object({ ...summary, ...stored });
export type AlertSummary = Static<typeof AlertSummary>;

export const Alert = Type.Object({ ...AlertDraft.properties, ...stored });
export type Alert = Static<typeof Alert>;
