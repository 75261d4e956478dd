// Endpoints about what a cluster consists of, as its inventory tells.
import Type, { type Static } from 'typebox';
import { ObjectFacts } from '../event/inventory.ts';
import { endpoint } from './endpoint.ts';

export const ClusterObject = Type.Object({
  uid: Type.String(),
  resource: Type.String(),
  namespace: Type.Optional(Type.String()),
  name: Type.String(),
  createdAt: Type.Optional(Type.String()),
  firstSeenAt: Type.String(),
  lastSeenAt: Type.String({ description: 'when it was told last, as it stood then' }),
  removedAt: Type.Optional(Type.String()),
  facts: ObjectFacts,
});
export type ClusterObject = Static<typeof ClusterObject>;

export const ObjectQuery = Type.Object({
  resource: Type.Optional(Type.String({ maxLength: 64, description: 'plural, such as pods' })),
  namespace: Type.Optional(Type.String({ maxLength: 253 })),
  workload: Type.Optional(Type.String({ maxLength: 253, description: 'name of what pods belong to' })),
  name: Type.Optional(Type.String({ maxLength: 253 })),
  removed: Type.Optional(Type.Boolean({ default: false, description: 'those that are gone, too' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  cursor: Type.Optional(Type.String({ maxLength: 1024, description: '`next` of the page before' })),
});
export type ObjectQuery = Static<typeof ObjectQuery>;

/** In the order of resource, namespace and name. */
export const ObjectPage = Type.Object({
  items: Type.Array(ClusterObject),
  next: Type.Optional(Type.String()),
  total: Type.Integer({ description: 'objects that match the filter, over all pages' }),
});
export type ObjectPage = Static<typeof ObjectPage>;

/** `complete: false`: the hub may not know of all; nothing that was known is deleted for it. */
export const ResourceCount = Type.Object({
  resource: Type.String(),
  objects: Type.Integer(),
  complete: Type.Boolean(),
  message: Type.Optional(Type.String()),
  listedAt: Type.Optional(Type.String({ description: 'absent: never told as a whole' })),
  reportedBy: Type.Optional(Type.String({ description: 'the node whose publisher brought it' })),
});
export type ResourceCount = Static<typeof ResourceCount>;

export const getInventory = endpoint({
  id: 'getInventory',
  method: 'GET',
  path: '/api/v1/clusters/{cluster}/inventory',
  access: 'fleet:read',
  summary: 'How many objects of each resource are known, and whether these are all',
  response: Type.Object({ items: Type.Array(ResourceCount) }),
});

export const listObjects = endpoint({
  id: 'listObjects',
  method: 'GET',
  path: '/api/v1/clusters/{cluster}/objects',
  access: 'fleet:read',
  summary: 'Objects of a cluster as its inventory tells them',
  query: ObjectQuery,
  response: ObjectPage,
});

export const ClusterEvent = Type.Object({
  uid: Type.String(),
  namespace: Type.Optional(Type.String()),
  type: Type.String(),
  reason: Type.String(),
  message: Type.String(),
  object: Type.Object({ kind: Type.String(), name: Type.String() }),
  count: Type.Integer(),
  firstSeenAt: Type.String(),
  lastSeenAt: Type.String(),
});
export type ClusterEvent = Static<typeof ClusterEvent>;

export const listClusterEvents = endpoint({
  id: 'listClusterEvents',
  method: 'GET',
  path: '/api/v1/clusters/{cluster}/events',
  access: 'fleet:read',
  summary: "The cluster's own Events, latest first",
  query: Type.Object({
    namespace: Type.Optional(Type.String({ maxLength: 253 })),
    reason: Type.Optional(Type.String({ maxLength: 128 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  }),
  response: Type.Object({ items: Type.Array(ClusterEvent) }),
});
