// A connected cluster: what its agent says about itself, and how the hub sees it.
import Type, { type Static } from 'typebox';
import { AgentState } from './agent-state.ts';
import { ComponentReport } from './heartbeat.ts';

/** What the agent asks for with `Upgrade`; behind it, the hub is the client of an HTTP/2 connection that the agent dialled. */
export const tunnelProtocol = 'yagura-tunnel';

/** Header of a request in the tunnel: the role that it is carried under. */
export const tunnelRoleHeader = 'yagura-role';

/** Trailer of an answer that came to its end: a tunnel that breaks looks like an end otherwise. */
export const tunnelWholeTrailer = 'yagura-whole';

/** What every owner grants unless told otherwise: read what has no secrets in it. */
export const readerRole = 'yagura-reader';

/** Why the last try to connect was refused, until one works. */
export const ConnectionProblem = Type.Object({
  at: Type.String(),
  code: Type.String(),
  message: Type.String(),
});
export type ConnectionProblem = Static<typeof ConnectionProblem>;

export const ClusterConnection = Type.Object({
  state: AgentState,
  agentId: Type.Optional(Type.String({ description: 'once the agent has registered' })),
  registeredAt: Type.Optional(Type.String()),
  lastContactAt: Type.Optional(Type.String()),
  certificateExpiresAt: Type.Optional(Type.String()),
  tunnelOpen: Type.Boolean({ description: 'requests can be carried to its API server just now' }),
  kubernetesVersion: Type.Optional(Type.String()),
  roles: Type.Array(Type.String()),
  components: Type.Array(ComponentReport),
  problem: Type.Optional(ConnectionProblem),
});
export type ClusterConnection = Static<typeof ClusterConnection>;
