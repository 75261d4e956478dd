// Endpoints about the hub's workspace: who may register with it, and how long it keeps what.
import Type, { type Static } from 'typebox';
import { AgentRole } from '../fleet/registration.ts';
import { endpoint } from './endpoint.ts';

const days = (description: string) => Type.Number({ description, exclusiveMinimum: 0, maximum: 36_500 });

export const Retention = Type.Object({
  closedAlertDays: days('how long closed alerts are kept'),
  occurrenceDays: days('how long a repeated event is recognised'),
  trailDays: days('how long the trail of changes is kept'),
});
export type Retention = Static<typeof Retention>;

export const Workspace = Type.Object({
  id: Type.String(),
  agentsUrl: Type.String({ description: "https://host:port of the agents' port, as the hub knows it" }),
  authority: Type.String({ description: "PEM of the hub's certificate authority" }),
  maxAgents: Type.Integer({ description: 'nodes and clusters that may be registered in all' }),
  agents: Type.Integer({ description: 'that are registered, revoked ones too' }),
  retention: Retention,
});
export type Workspace = Static<typeof Workspace>;

export const getWorkspace = endpoint({
  id: 'getWorkspace',
  method: 'GET',
  path: '/api/v1/workspace',
  access: 'fleet:read',
  summary: 'What agents need to register, how many may, and how long what is kept',
  response: Workspace,
});

/** Raw audit logs are not among it: they are never kept. */
export const setRetention = endpoint({
  id: 'setRetention',
  method: 'PUT',
  path: '/api/v1/workspace/retention',
  access: 'fleet:write',
  summary: 'Set how long what is kept; what is left out stays as it is. It goes before the flags of the hub',
  body: Type.Partial(Retention),
  response: Retention,
});

export const RegistrationToken = Type.Object({
  id: Type.String(),
  role: AgentRole,
  name: Type.Optional(Type.String({ description: 'registers this name alone' })),
  cluster: Type.Optional(Type.String({ description: 'registers nodes of this cluster alone' })),
  usesLeft: Type.Integer(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  expiresAt: Type.String(),
});
export type RegistrationToken = Static<typeof RegistrationToken>;

export const listRegistrationTokens = endpoint({
  id: 'listRegistrationTokens',
  method: 'GET',
  path: '/api/v1/registration-tokens',
  access: 'fleet:write',
  summary: 'Registration tokens that can still be used, without their secrets',
  response: Type.Object({ items: Type.Array(RegistrationToken) }),
});

export const deleteRegistrationToken = endpoint({
  id: 'deleteRegistrationToken',
  method: 'DELETE',
  path: '/api/v1/registration-tokens/{id}',
  access: 'fleet:write',
  summary: 'Take a registration token back; who registered with it stays',
});

export const rotateRegistrationTokens = endpoint({
  id: 'rotateRegistrationTokens',
  method: 'POST',
  path: '/api/v1/registration-tokens/rotate',
  access: 'fleet:write',
  summary: 'Take all registration tokens back; who registered with them stays',
  response: Type.Object({ ended: Type.Integer({ description: 'those that could still be used' }) }),
});
