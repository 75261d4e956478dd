// Nodes and clusters as the hub shows them.
import Type, { type Static } from 'typebox';
import { literals } from '../literals.ts';
import { AgentState } from './agent-state.ts';
import { ClusterConnection } from './connection.ts';
import { ComponentReport } from './heartbeat.ts';
import { LossCounter } from './loss.ts';

export const Node = Type.Object({
  id: Type.String(),
  name: Type.String(),
  cluster: Type.Optional(Type.String()),
  state: AgentState,
  registeredAt: Type.String(),
  lastContactAt: Type.Optional(Type.String()),
  certificateExpiresAt: Type.String(),
  kernel: Type.Optional(Type.String()),
  os: Type.Optional(Type.String()),
  components: Type.Array(ComponentReport),
  losses: Type.Array(LossCounter),
  lossTotal: Type.Integer(),
  spool: Type.Optional(
    Type.Object({
      bytes: Type.Integer(),
      limitBytes: Type.Integer(),
      events: Type.Integer(),
      oldestAt: Type.Optional(Type.String()),
    }),
  ),
  eventsTotal: Type.Integer({ description: 'events that the hub has taken from it' }),
});
export type Node = Static<typeof Node>;

export const Cluster = Type.Object({
  name: Type.String(),
  provider: Type.String(),
  createdAt: Type.String(),
  nodes: Type.Integer(),
  auditLastEventAt: Type.Optional(Type.String()),
  /** Whether its audit log still comes: silent since `auditLastEventAt`. None before the first event. */
  auditLog: Type.Optional(literals(['flowing', 'silent'])),
  auditEventsTotal: Type.Integer(),
  connection: Type.Optional(ClusterConnection),
  losses: Type.Array(LossCounter),
  lossTotal: Type.Integer(),
});
export type Cluster = Static<typeof Cluster>;
