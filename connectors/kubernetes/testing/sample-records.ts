// Audit records of many kinds, as an API server writes them: what mutations begin with.

type Fields = Readonly<Record<string, unknown>>;

const record = (verb: string, resource: string, more: Fields = {}): Fields => ({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'RequestResponse',
  auditID: 'a362d22b-db3c-4590-9505-23782f12925f',
  stage: 'ResponseComplete',
  requestURI: `/api/v1/namespaces/shop/${resource}/web?a=1&b=<2>`,
  verb,
  user: { username: 'alice', uid: '7', groups: ['dev', 'system:authenticated'], extra: { 'a/b': ['c'] } },
  sourceIPs: ['203.0.113.7', '10.0.0.1'],
  userAgent: 'kubectl/v1.34.0 (linux/amd64) kubernetes/f28b4c9',
  objectRef: { resource, namespace: 'shop', name: 'web', apiVersion: 'v1', resourceVersion: '17' },
  responseStatus: { metadata: {}, code: 200 },
  requestReceivedTimestamp: '2026-05-04T10:00:00.000123Z',
  stageTimestamp: '2026-05-04T10:00:00.004567Z',
  annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': 'RBAC: "x"' },
  ...more,
});

const pod = {
  kind: 'Pod',
  metadata: { name: 'web', annotations: { last: '{"a":"b\\n\\"c\\""}' } },
  spec: {
    hostNetwork: true,
    containers: [{ name: 'c', image: 'nginx', securityContext: { privileged: true } }],
    volumes: [{ name: 'v', hostPath: { path: '/' } }],
  },
};
const node = { username: 'system:node:n1', groups: ['system:nodes', 'system:authenticated'] };
const binding = {
  kind: 'ClusterRoleBinding',
  roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ kind: 'User', name: 'mallory' }],
};

export const sampleRecords: readonly Fields[] = [
  record('create', 'pods', { requestObject: pod, responseObject: pod, responseStatus: { code: 201 } }),
  record('create', 'pods', {
    objectRef: { resource: 'pods', namespace: 'shop', name: 'web', apiVersion: 'v1', subresource: 'exec' },
    stage: 'ResponseStarted',
    responseStatus: { code: 101 },
  }),
  record('list', 'secrets', { objectRef: { resource: 'secrets', apiVersion: 'v1' } }),
  record('delete', 'events'),
  record('create', 'clusterrolebindings', {
    objectRef: { resource: 'clusterrolebindings', name: 'x', apiGroup: 'rbac.authorization.k8s.io' },
    requestObject: binding,
    responseObject: binding,
  }),
  record('update', 'leases', { user: node, requestObject: { spec: { holderIdentity: 'n1', n: -1.5e3 } } }),
  record('patch', 'nodes', {
    user: node,
    objectRef: { resource: 'nodes', name: 'n1', subresource: 'status' },
  }),
  record('get', 'pods', {
    responseStatus: { status: 'Failure', reason: 'Forbidden', code: 403 },
    annotations: { 'authorization.k8s.io/decision': 'forbid' },
  }),
  record('get', 'pods', { stage: 'RequestReceived', responseStatus: undefined, annotations: undefined }),
  record('get', 'pods', { user: { username: 'system:anonymous', groups: ['system:unauthenticated'] } }),
  record('create', 'tokenreviews', { impersonatedUser: { username: 'root', groups: ['system:masters'] } }),
  record('get', 'configmaps', { userAgent: 'Grüße/1.0 櫓' }),
];
