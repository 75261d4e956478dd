// What a node says about itself; the last one wins, so that sending one twice does no harm.
import Type, { type Static } from 'typebox';
import { ClusterReport } from './cluster-report.ts';
import { LossCounter } from './loss.ts';

export const ComponentReport = Type.Object({
  name: Type.String({ maxLength: 64, description: 'collector, publisher …' }),
  version: Type.String({ maxLength: 64 }),
  startedAt: Type.String({ maxLength: 40 }),
  healthy: Type.Boolean(),
  message: Type.Optional(Type.String({ maxLength: 1024, description: 'what is wrong and how to mend it' })),
  rssBytes: Type.Optional(Type.Integer({ minimum: 0 })),
  cpuMs: Type.Optional(Type.Number({ minimum: 0, description: 'CPU time used since startedAt' })),
  eventsTotal: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type ComponentReport = Static<typeof ComponentReport>;

/** One line that the collector writes to the publisher beside its events. */
export const CollectorReport = Type.Object({
  kind: Type.Literal('collector.reported'),
  time: Type.String({ maxLength: 40 }),
  component: ComponentReport,
  losses: Type.Array(LossCounter, { maxItems: 256 }),
  ended: Type.Optional(Type.Boolean({ description: 'it ends in order, and is not missed on this node' })),
  ending: Type.Optional(
    Type.Boolean({ description: 'it ends in order: what it saw is told. It is missed all the same' }),
  ),
  resumes: Type.Optional(
    Type.Boolean({ description: 'it goes on where it was: an end without a word costs nothing' }),
  ),
});
export type CollectorReport = Static<typeof CollectorReport>;

export const Heartbeat = Type.Object({
  time: Type.String({ maxLength: 40 }),
  kernel: Type.Optional(Type.String({ maxLength: 128 })),
  os: Type.Optional(Type.String({ maxLength: 128 })),
  components: Type.Array(ComponentReport, { maxItems: 16 }),
  losses: Type.Array(LossCounter, { maxItems: 512 }),
  cluster: Type.Optional(ClusterReport),
  spool: Type.Optional(
    Type.Object({
      bytes: Type.Integer({ minimum: 0 }),
      limitBytes: Type.Integer({ minimum: 0 }),
      events: Type.Integer({ minimum: 0 }),
      oldestAt: Type.Optional(Type.String({ maxLength: 40 })),
    }),
  ),
});
export type Heartbeat = Static<typeof Heartbeat>;
