// Requests to an API server, as its audit webhook sends them.
import { randomUUID } from 'node:crypto';

export interface AuditEventFacts {
  readonly user?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly from?: string;
  readonly minutesAgo?: number;
}

interface Request {
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly apiGroup?: string;
  readonly uri: string;
  readonly code: number;
  readonly object?: unknown;
}

const auditEvent = (facts: AuditEventFacts, request: Request): unknown => {
  const { user = 'mallory', namespace, name, from = '203.0.113.7', minutesAgo = 0 } = facts;
  const { verb, resource, subresource, apiGroup, uri, code, object } = request;
  const time = new Date(Date.now() - minutesAgo * 60_000).toISOString();
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: object === undefined ? 'Metadata' : 'RequestResponse',
    auditID: randomUUID(),
    stage: 'ResponseComplete',
    requestURI: uri,
    verb,
    user: { username: user, groups: ['developers', 'system:authenticated'] },
    sourceIPs: [from],
    userAgent: 'kubectl/v1.34.0 (linux/amd64)',
    objectRef: { resource, subresource, namespace, name, apiGroup, apiVersion: 'v1' },
    responseStatus: { metadata: {}, code },
    requestObject: object,
    requestReceivedTimestamp: time,
    stageTimestamp: time,
    annotations: { 'authorization.k8s.io/decision': 'allow' },
  };
};

export const execIntoPod = (facts: AuditEventFacts): unknown =>
  auditEvent(facts, {
    verb: 'create',
    resource: 'pods',
    subresource: 'exec',
    uri: `/api/v1/namespaces/${facts.namespace}/pods/${facts.name}/exec?command=sh&container=app&stdin=true`,
    code: 101,
  });

export const clusterAdminBinding = (facts: AuditEventFacts): unknown =>
  auditEvent(facts, {
    verb: 'create',
    resource: 'clusterrolebindings',
    apiGroup: 'rbac.authorization.k8s.io',
    uri: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
    code: 201,
    object: {
      kind: 'ClusterRoleBinding',
      metadata: { name: facts.name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'User', name: facts.user ?? 'mallory' }],
    },
  });

export const privilegedPod = (facts: AuditEventFacts): unknown =>
  auditEvent(facts, {
    verb: 'create',
    resource: 'pods',
    uri: `/api/v1/namespaces/${facts.namespace}/pods`,
    code: 201,
    object: {
      kind: 'Pod',
      metadata: { name: facts.name, namespace: facts.namespace },
      spec: { containers: [{ name: 'tool', image: 'busybox:1.37', securityContext: { privileged: true } }] },
    },
  });

export const hostPathPod = (facts: AuditEventFacts): unknown =>
  auditEvent(facts, {
    verb: 'create',
    resource: 'pods',
    uri: `/api/v1/namespaces/${facts.namespace}/pods`,
    code: 201,
    object: {
      kind: 'Pod',
      metadata: { name: facts.name, namespace: facts.namespace },
      spec: {
        containers: [{ name: 'backup', image: 'alpine:3.22' }],
        volumes: [{ name: 'host', hostPath: { path: '/etc' } }],
      },
    },
  });
