// Endpoints about connected clusters: connecting, disconnecting, revoking, and requests to their API servers.
import Type from 'typebox';
import { Cluster } from '../fleet/agent.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import type { Permission } from './permission.ts';

/** Again for a cluster that is connected, expired or revoked: a new token, and the same cluster with its history. */
export const connectCluster = endpoint({
  id: 'connectCluster',
  method: 'POST',
  path: '/api/v1/clusters/{name}/connection',
  access: 'fleet:write',
  summary: 'Make a token with which the agent of this cluster registers once',
  body: Type.Object({
    hours: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 24 * 30, default: 24 })),
  }),
  response: Type.Object({
    workspace: Type.String(),
    token: Type.String(),
    expiresAt: Type.String(),
    hub: Type.String({ description: "https://host:port of the agents' port, as the hub knows it" }),
    authority: Type.String({ description: "PEM of the hub's certificate authority" }),
  }),
});

export const disconnectCluster = endpoint({
  id: 'disconnectCluster',
  method: 'DELETE',
  path: '/api/v1/clusters/{name}/connection',
  access: 'fleet:write',
  summary: "End the connection and forget the cluster's agent; alerts and audit history stay",
});

export const revokeCluster = endpoint({
  id: 'revokeCluster',
  method: 'POST',
  path: '/api/v1/clusters/{name}/revoke',
  access: 'fleet:write',
  summary: "Refuse the cluster's agent, its nodes and its audit credential from now on",
  response: Cluster,
});

/**
 * As whom: the header `Impersonate-User` names a role that the cluster's owner granted, `yagura-reader` without it.
 * Errors are Kubernetes' own `Status` objects, so that kubectl can show them.
 */
const carried = (id: string, method: Endpoint['method'], access: Permission): Endpoint =>
  endpoint({
    id,
    method,
    path: '/api/v1/clusters/{name}/proxy/{+path}',
    access,
    summary: `Carry a ${method} to the API server of a connected cluster, under a role that its owner granted`,
    produces: 'application/json',
    recordsItself: true,
  });

export const getThroughCluster = carried('getThroughCluster', 'GET', 'clusters:read');
export const postThroughCluster = carried('postThroughCluster', 'POST', 'clusters:write');
export const putThroughCluster = carried('putThroughCluster', 'PUT', 'clusters:write');
export const patchThroughCluster = carried('patchThroughCluster', 'PATCH', 'clusters:write');
export const deleteThroughCluster = carried('deleteThroughCluster', 'DELETE', 'clusters:write');
