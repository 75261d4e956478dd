// What a cluster's inventory tells: objects as they are now, in small, and the cluster's own Events. No rule sees these.
import Type, { type Static } from 'typebox';
import { literals } from '../literals.ts';

const Text = (maxLength: number) => Type.String({ maxLength });
const Texts = (maxItems: number, maxLength: number) => Type.Array(Text(maxLength), { maxItems });

/** What another object is called, within the same namespace or in none. */
export const ObjectOwner = Type.Object({ kind: Text(64), name: Text(253) });
export type ObjectOwner = Static<typeof ObjectOwner>;

export const ContainerFacts = Type.Object({
  name: Text(253),
  image: Text(1024),
  imageDigest: Type.Optional(Text(1024)),
});
export type ContainerFacts = Static<typeof ContainerFacts>;

export const securityFacts = [
  'privileged',
  'hostNetwork',
  'hostPid',
  'hostIpc',
  'hostPath',
  'hostPort',
  'runAsRoot',
  'privilegeEscalation',
  'addedCapabilities',
  'noTokenMount',
] as const;
export type SecurityFact = (typeof securityFacts)[number];

/** One rule of a role, as it is written. */
export const RoleRule = Type.Object({
  verbs: Texts(32, 64),
  apiGroups: Type.Optional(Texts(32, 253)),
  resources: Type.Optional(Texts(64, 253)),
  resourceNames: Type.Optional(Texts(32, 253)),
  nonResourceURLs: Type.Optional(Texts(32, 256)),
});
export type RoleRule = Static<typeof RoleRule>;

export const RoleSubject = Type.Object({
  kind: Text(64),
  name: Text(253),
  namespace: Type.Optional(Text(253)),
});
export type RoleSubject = Static<typeof RoleSubject>;

/** Only what is looked at later; which of them are there depends on the kind of object. */
export const ObjectFacts = Type.Object({
  labels: Type.Optional(Type.Record(Text(317), Text(63), { maxProperties: 32 })),
  workload: Type.Optional(ObjectOwner),
  node: Type.Optional(Text(253)),
  phase: Type.Optional(Text(64)),
  serviceAccount: Type.Optional(Text(253)),
  containers: Type.Optional(Type.Array(ContainerFacts, { maxItems: 32 })),
  security: Type.Optional(Type.Array(literals(securityFacts), { maxItems: securityFacts.length })),
  replicas: Type.Optional(Type.Integer()),
  type: Type.Optional(Type.String({ maxLength: 253, description: 'of a service or a secret' })),
  ports: Type.Optional(Texts(32, 64)),
  addresses: Type.Optional(Texts(16, 253)),
  hosts: Type.Optional(Texts(64, 253)),
  selector: Type.Optional(Type.Record(Text(317), Text(63), { maxProperties: 32 })),
  policyTypes: Type.Optional(Texts(2, 16)),
  rules: Type.Optional(Type.Array(RoleRule, { maxItems: 64 })),
  role: Type.Optional(ObjectOwner),
  subjects: Type.Optional(Type.Array(RoleSubject, { maxItems: 64 })),
  version: Type.Optional(Type.String({ maxLength: 64, description: "of a node's kubelet" })),
  os: Type.Optional(Text(128)),
  kernel: Type.Optional(Text(128)),
  runtime: Type.Optional(Text(64)),
  cut: Type.Optional(Type.Boolean({ description: 'some list was longer than what is kept' })),
});
export type ObjectFacts = Static<typeof ObjectFacts>;

const common = { time: Text(40), cluster: Type.Optional(Text(253)) };
const object = {
  uid: Type.String({ minLength: 1, maxLength: 64 }),
  resource: Type.String({ minLength: 1, maxLength: 64, description: 'plural, such as pods' }),
  namespace: Type.Optional(Text(253)),
  name: Type.String({ minLength: 1, maxLength: 253 }),
};

export const ObjectObserved = Type.Object({
  kind: Type.Literal('object.observed'),
  ...common,
  generation: Type.String({ minLength: 1, maxLength: 64, description: 'of the inventory that tells it' }),
  ...object,
  createdAt: Type.Optional(Text(40)),
  facts: ObjectFacts,
});
export type ObjectObserved = Static<typeof ObjectObserved>;

export const ObjectRemoved = Type.Object({ kind: Type.Literal('object.removed'), ...common, ...object });
export type ObjectRemoved = Static<typeof ObjectRemoved>;

/** All objects of a resource were told in this generation: what was not told is gone, if the hub has them all. */
export const InventoryListed = Type.Object({
  kind: Type.Literal('inventory.listed'),
  ...common,
  generation: Type.String({ minLength: 1, maxLength: 64 }),
  resource: Type.String({ minLength: 1, maxLength: 64 }),
  objects: Type.Integer({ minimum: 0, description: 'how many there are' }),
  complete: Type.Boolean({ description: 'false: the API server did not answer for all of them' }),
  message: Type.Optional(Type.String({ maxLength: 1024, description: 'what is missing and how to mend it' })),
});
export type InventoryListed = Static<typeof InventoryListed>;

/** An Event object of the cluster; the same thing again is told seldom, with its count. */
export const ClusterEventReported = Type.Object({
  kind: Type.Literal('cluster.event.reported'),
  ...common,
  uid: Type.String({ minLength: 1, maxLength: 64 }),
  namespace: Type.Optional(Text(253)),
  type: Text(16),
  reason: Text(128),
  message: Text(1024),
  object: Type.Object({ kind: Text(64), name: Text(253) }),
  source: Type.Optional(Text(128)),
  count: Type.Integer({ minimum: 1 }),
  firstSeenAt: Type.Optional(Text(40)),
  lastSeenAt: Type.Optional(Text(40)),
});
export type ClusterEventReported = Static<typeof ClusterEventReported>;

export const inventorySchemas = {
  'object.observed': ObjectObserved,
  'object.removed': ObjectRemoved,
  'inventory.listed': InventoryListed,
  'cluster.event.reported': ClusterEventReported,
} as const;

export type InventoryRecord = ObjectObserved | ObjectRemoved | InventoryListed | ClusterEventReported;
export type InventoryKind = InventoryRecord['kind'];
export const inventoryKinds = Object.keys(inventorySchemas) as readonly InventoryKind[];

export const isInventoryKind = (kind: unknown): kind is InventoryKind =>
  typeof kind === 'string' && Object.hasOwn(inventorySchemas, kind);
