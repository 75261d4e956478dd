// Endpoints about signing in, API tokens and the trail of changes.
import Type, { type Static } from 'typebox';
import { literals } from '../literals.ts';
import { endpoint } from './endpoint.ts';
import { roleNames } from './permission.ts';

const RoleName = literals(roleNames as readonly ['viewer', 'analyst', 'author', 'administrator']);

export const Session = Type.Object({
  user: Type.String(),
  role: RoleName,
  expiresAt: Type.Optional(Type.String()),
});
export type Session = Static<typeof Session>;

/** `secret` is an API token, or the code of a sign-in link, which works once. Sets a cookie. */
export const signIn = endpoint({
  id: 'signIn',
  method: 'POST',
  path: '/api/v1/session',
  access: 'open',
  summary: 'Sign in with a link code or a token',
  body: Type.Object({ secret: Type.String({ minLength: 8, maxLength: 256 }) }),
  response: Session,
});

export const getSession = endpoint({
  id: 'getSession',
  method: 'GET',
  path: '/api/v1/session',
  access: 'session',
  summary: 'Who am I',
  response: Session,
});

export const signOut = endpoint({
  id: 'signOut',
  method: 'DELETE',
  path: '/api/v1/session',
  access: 'session',
  summary: 'Sign out',
});

export const createSignInLink = endpoint({
  id: 'createSignInLink',
  method: 'POST',
  path: '/api/v1/sign-in-links',
  access: 'tokens:write',
  summary: 'Make a sign-in link that works once',
  response: Type.Object({ url: Type.String(), expiresAt: Type.String() }),
});

const tokenFields = {
  id: Type.String(),
  name: Type.String(),
  role: RoleName,
  createdAt: Type.String(),
  createdBy: Type.String(),
  expiresAt: Type.Optional(Type.String()),
  lastUsedAt: Type.Optional(Type.String()),
};
export const ApiToken = Type.Object(tokenFields);
export type ApiToken = Static<typeof ApiToken>;

export const listTokens = endpoint({
  id: 'listTokens',
  method: 'GET',
  path: '/api/v1/tokens',
  access: 'tokens:write',
  summary: 'API tokens, without their secrets',
  response: Type.Object({ items: Type.Array(ApiToken) }),
});

export const createToken = endpoint({
  id: 'createToken',
  method: 'POST',
  path: '/api/v1/tokens',
  access: 'tokens:write',
  summary: 'Make an API token; its secret is shown once',
  body: Type.Object({
    name: Type.String({ minLength: 1, maxLength: 128 }),
    role: RoleName,
    days: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 3650, default: 90 })),
  }),
  response: Type.Object({ ...tokenFields, secret: Type.String() }),
});

export const deleteToken = endpoint({
  id: 'deleteToken',
  method: 'DELETE',
  path: '/api/v1/tokens/{id}',
  access: 'tokens:write',
  summary: 'Take an API token back',
});

export const TrailEntry = Type.Object({
  id: Type.Integer(),
  time: Type.String(),
  actor: Type.String(),
  action: Type.String({ description: 'endpoint id' }),
  target: Type.Optional(Type.String()),
  detail: Type.Optional(Type.Unknown()),
});
export type TrailEntry = Static<typeof TrailEntry>;

export const listTrail = endpoint({
  id: 'listTrail',
  method: 'GET',
  path: '/api/v1/trail',
  access: 'trail:read',
  summary: 'Who changed what, the latest first',
  query: Type.Object({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
    before: Type.Optional(Type.Integer({ minimum: 1, description: 'entries with a smaller id only' })),
  }),
  response: Type.Object({ items: Type.Array(TrailEntry) }),
});
