// What an API server writes in an ordinary hour: mostly leases, status updates and reads, hardly anything of interest.
import { type Lines, linesOf } from './lines.ts';

interface Kind {
  readonly share: number;
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly user: string;
}

const kinds: readonly Kind[] = [
  { share: 30, verb: 'update', resource: 'leases', user: 'system:node:node-1' },
  { share: 10, verb: 'get', resource: 'leases', user: 'system:kube-controller-manager' },
  { share: 12, verb: 'patch', resource: 'nodes', subresource: 'status', user: 'system:node:node-2' },
  { share: 10, verb: 'patch', resource: 'pods', subresource: 'status', user: 'system:node:node-3' },
  { share: 9, verb: 'get', resource: 'pods', user: 'system:serviceaccount:monitoring:prometheus' },
  { share: 6, verb: 'list', resource: 'pods', user: 'alice' },
  { share: 6, verb: 'get', resource: 'configmaps', user: 'system:node:node-1' },
  { share: 5, verb: 'watch', resource: 'secrets', user: 'system:node:node-1' },
  { share: 4, verb: 'create', resource: 'events', user: 'system:node:node-2' },
  {
    share: 3,
    verb: 'update',
    resource: 'endpointslices',
    user: 'system:serviceaccount:kube-system:endpointslice-controller',
  },
  { share: 2, verb: 'create', resource: 'tokenreviews', user: 'system:node:node-3' },
  {
    share: 2,
    verb: 'create',
    resource: 'pods',
    user: 'system:serviceaccount:kube-system:replicaset-controller',
  },
  { share: 1, verb: 'create', resource: 'pods', subresource: 'binding', user: 'system:kube-scheduler' },
];

/** Average bytes of a line, as an API server of our own wrote them at either level. */
export const auditSizes = { RequestResponse: 2300, Metadata: 900 } as const;
export type AuditLevel = keyof typeof auditSizes;

const managedFields = (count: number): unknown[] =>
  Array.from({ length: count }, (_, index) => ({
    manager: 'kubelet',
    operation: 'Update',
    apiVersion: 'v1',
    time: '2026-05-04T10:00:00Z',
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:status': { [`f:condition-${index}`]: { '.': {}, 'f:type': {} } } },
  }));

const pod = (isPrivileged: boolean): unknown => ({
  metadata: {
    generateName: 'web-5cdcc99dbf-',
    ownerReferences: [{ kind: 'ReplicaSet', name: 'web-5cdcc99dbf', controller: true }],
  },
  spec: {
    containers: [
      {
        name: 'main',
        image: 'registry.example/web:1.4.2',
        ...(isPrivileged ? { securityContext: { privileged: true } } : {}),
      },
    ],
  },
});

function auditEvent(kind: Kind, index: number, level: AuditLevel, isHostile: boolean): object {
  const body =
    kind.resource === 'pods' && kind.verb === 'create' && kind.subresource === undefined
      ? pod(isHostile)
      : undefined;
  const { verb, resource, subresource } = kind;
  const event = {
    kind: 'api.requested',
    id: `prod/4f0c7d1e-5b0a-4c9e-9d5c-${index}/ResponseComplete`,
    time: '2026-05-04T10:00:00.000000Z',
    cluster: 'prod',
    provider: 'kubernetes',
    quality: {},
    request: {
      auditID: `4f0c7d1e-5b0a-4c9e-9d5c-${index}`,
      level,
      stage: 'ResponseComplete',
      requestURI: `/api/v1/namespaces/team-${index % 50}/${resource}/object-${index}?timeout=10s`,
      verb,
      user: { username: kind.user, groups: ['system:nodes', 'system:authenticated'] },
      sourceIPs: ['10.0.0.7'],
      userAgent: 'kubelet/v1.34.0 (linux/amd64) kubernetes/abcdef0',
      objectRef: {
        resource,
        ...(subresource === undefined ? {} : { subresource }),
        namespace: `team-${index % 50}`,
        name: `object-${index}`,
        apiVersion: 'v1',
      },
      responseStatus: { code: verb === 'create' ? 201 : 200 },
      requestReceivedTimestamp: '2026-05-04T10:00:00.000000Z',
      stageTimestamp: '2026-05-04T10:00:00.004000Z',
      annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': '' },
      ...(level === 'Metadata' ? {} : { requestObject: body ?? {}, responseObject: body ?? {} }),
    },
  };
  return padded(event, level);
}

/** Filled with what fills real records: managed fields at RequestResponse, reasons at Metadata. */
function padded(event: { request: object }, level: AuditLevel): object {
  const missing = auditSizes[level] - JSON.stringify(event).length;
  if (level === 'Metadata') {
    const reason = 'RBAC: allowed by ClusterRoleBinding "system:node" '
      .repeat(20)
      .slice(0, Math.max(0, missing));
    return {
      ...event,
      request: {
        ...event.request,
        annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': reason },
      },
    };
  }
  const one = JSON.stringify(managedFields(1)[0]).length + 1;
  const responseObject = {
    ...(event.request as { responseObject?: object }).responseObject,
    managedFields: managedFields(Math.max(1, Math.round(missing / one))),
  };
  return { ...event, request: { ...event.request, responseObject } };
}

/** The kind of each event, spread evenly by share, without chance. */
function* sequence(count: number): Generator<Kind> {
  const owed = kinds.map(() => 0);
  for (let index = 0; index < count; index += 1) {
    for (const [at, kind] of kinds.entries()) owed[at] = (owed[at] ?? 0) + kind.share;
    const most = owed.indexOf(Math.max(...owed));
    owed[most] = (owed[most] ?? 0) - 100;
    const chosen = kinds[most];
    if (chosen !== undefined) yield chosen;
  }
}

export const auditMix = (count: number, level: AuditLevel): Lines =>
  linesOf([...sequence(count)].map((kind, index) => auditEvent(kind, index, level, false)));

/** Nine of ten are privileged pods, each of them an alert. */
export function hostileMix(count: number): Lines {
  const podCreation = kinds.find(
    ({ verb, resource, subresource }) =>
      verb === 'create' && resource === 'pods' && subresource === undefined,
  );
  const [benign] = kinds;
  if (podCreation === undefined || benign === undefined) throw new Error('the mix creates no pods');
  return linesOf(
    Array.from({ length: count }, (_, index) =>
      auditEvent(index % 10 === 0 ? benign : podCreation, index, 'RequestResponse', true),
    ),
  );
}
