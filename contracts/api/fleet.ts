// Endpoints about nodes, clusters and how they register.
import Type from 'typebox';
import { Cluster, Node } from '../fleet/agent.ts';
import { AgentRole } from '../fleet/registration.ts';
import { endpoint } from './endpoint.ts';

export const listNodes = endpoint({
  id: 'listNodes',
  method: 'GET',
  path: '/api/v1/nodes',
  access: 'fleet:read',
  summary: 'Nodes with their last contact and loss counters',
  response: Type.Object({ items: Type.Array(Node) }),
});

export const revokeNode = endpoint({
  id: 'revokeNode',
  method: 'POST',
  path: '/api/v1/nodes/{id}/revoke',
  access: 'fleet:write',
  summary: "Refuse a node's certificate from now on",
  response: Node,
});

export const listClusters = endpoint({
  id: 'listClusters',
  method: 'GET',
  path: '/api/v1/clusters',
  access: 'fleet:read',
  summary: 'Clusters with their last contact and loss counters',
  response: Type.Object({ items: Type.Array(Cluster) }),
});

/** The credential is shown once. `kubeconfig` is a whole file for `kube-apiserver --audit-webhook-config-file`. */
export const createCluster = endpoint({
  id: 'createCluster',
  method: 'POST',
  path: '/api/v1/clusters',
  access: 'fleet:write',
  summary: 'Add a cluster, or give it a new audit credential, and get its audit webhook configuration',
  body: Type.Object({
    name: Type.String({
      minLength: 1,
      maxLength: 253,
      pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$',
    }),
    server: Type.Optional(
      Type.String({
        maxLength: 512,
        description: 'hub address as the API server reaches it, https://host:port',
      }),
    ),
  }),
  response: Type.Object({ cluster: Cluster, kubeconfig: Type.String() }),
});

export const createRegistrationToken = endpoint({
  id: 'createRegistrationToken',
  method: 'POST',
  path: '/api/v1/registration-tokens',
  access: 'fleet:write',
  summary: 'Make a token with which nodes or clusters register; shown once',
  body: Type.Object({
    role: Type.Optional(AgentRole),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 253, description: 'for this name alone' })),
    uses: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1 })),
    hours: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 24 * 365, default: 24 })),
  }),
  response: Type.Object({
    id: Type.String(),
    workspace: Type.String(),
    token: Type.String(),
    role: AgentRole,
    uses: Type.Integer(),
    expiresAt: Type.String(),
  }),
});
