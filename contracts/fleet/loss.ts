// Loss accounting: every place that can lose an event counts it, and the count travels to the hub.
import Type, { type Static } from 'typebox';

/** Where on the way something was lost. */
export const lossStages = [
  'collector',
  'ring-buffer',
  'loader',
  'decode',
  'rate-limit',
  'process-tree',
  'socket',
  'spool',
  'ingest',
] as const;
export type LossStage = (typeof lossStages)[number];

/** A cumulative count since `since`; a counter that restarts has a new `since`. */
export const LossCounter = Type.Object({
  stage: Type.String({ maxLength: 32 }),
  kind: Type.String({ maxLength: 64, description: 'event kind, or "unknown" where it was not decoded' }),
  reason: Type.Optional(Type.String({ maxLength: 128 })),
  count: Type.Integer({ minimum: 0 }),
  since: Type.String({ maxLength: 40 }),
});
export type LossCounter = Static<typeof LossCounter>;
