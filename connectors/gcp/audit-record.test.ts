// Tests of the GKE mapping, on entries in the shape that Cloud Logging documents.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiRequested, parseEvent } from '@yagura/contracts';
import { normaliseGkeEntry } from './audit-record.ts';
import { parseResourceName } from './resource-name.ts';

const entry = (payload: object = {}, rest: object = {}): object => ({
  logName: 'projects/p/logs/cloudaudit.googleapis.com%2Factivity',
  insertId: 'ins-1',
  timestamp: '2026-11-23T10:00:00.123456Z',
  receiveTimestamp: '2026-11-23T10:00:05Z',
  resource: { type: 'k8s_cluster', labels: { project_id: 'p', location: 'us-central1', cluster_name: 'g1' } },
  labels: { 'authorization.k8s.io/decision': 'allow' },
  operation: { id: 'audit-1', producer: 'k8s.io', first: true, last: true },
  protoPayload: {
    '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
    serviceName: 'k8s.io',
    methodName: 'io.k8s.core.v1.pods.create',
    resourceName: 'core/v1/namespaces/default/pods/x',
    authenticationInfo: { principalEmail: 'alice@example.com' },
    requestMetadata: { callerIp: '203.0.113.9', callerSuppliedUserAgent: 'kubectl/v1.33' },
    request: { '@type': 'core.k8s.io/v1.Pod', metadata: { name: 'x' }, spec: { containers: [] } },
    status: {},
    ...payload,
  },
  ...rest,
});

function eventOf(value: unknown): ApiRequested {
  const result = normaliseGkeEntry(value);
  assert.ok(result.ok, JSON.stringify(result));
  assert.ok(parseEvent(result.event).ok);
  return result.event;
}

test('an entry becomes the record of an API server', () => {
  const event = eventOf(entry());
  assert.equal(event.cluster, 'projects/p/locations/us-central1/clusters/g1');
  assert.equal(event.provider, 'gke');
  assert.equal(event.time, '2026-11-23T10:00:00.123456Z');
  assert.deepEqual(event.quality, { noGroups: true, statusInferred: true });
  const { request } = event;
  assert.equal(request.auditID, 'audit-1');
  assert.equal(request.verb, 'create');
  assert.equal(request.user?.username, 'alice@example.com');
  assert.deepEqual(request.objectRef, {
    apiVersion: 'v1',
    namespace: 'default',
    resource: 'pods',
    name: 'x',
  });
  assert.equal(request.requestURI, '/api/v1/namespaces/default/pods/x');
  assert.deepEqual(request.sourceIPs, ['203.0.113.9']);
  assert.equal(request.responseStatus?.code, 201);
  assert.deepEqual(request.requestObject, { kind: 'Pod', metadata: { name: 'x' }, spec: { containers: [] } });
});

test('exec is a stream that started', () => {
  const { request } = eventOf(
    entry({
      methodName: 'io.k8s.core.v1.pods.exec.create',
      resourceName: 'core/v1/namespaces/shop/pods/web/exec',
    }),
  );
  assert.deepEqual(request.objectRef, {
    apiVersion: 'v1',
    namespace: 'shop',
    resource: 'pods',
    name: 'web',
    subresource: 'exec',
  });
  assert.equal(request.stage, 'ResponseStarted');
  assert.equal(request.responseStatus?.code, 101);
});

test('the status comes from the response, the decision or the gRPC code, in this order', () => {
  const status = (payload: object, rest: object = {}): number | undefined =>
    eventOf(entry(payload, rest)).request.responseStatus?.code;
  assert.equal(
    status({ response: { '@type': 'core.k8s.io/v1.Status', code: 422 }, status: { code: 3 } }),
    422,
  );
  assert.equal(status({}, { labels: { 'authorization.k8s.io/decision': 'forbid' } }), 403);
  assert.equal(status({ status: { code: 5 } }), 404);
  assert.equal(status({ methodName: 'io.k8s.core.v1.pods.delete' }), 200);
});

test('an address that is none is left out', () => {
  const withIp = (callerIp: string): unknown =>
    eventOf(entry({ requestMetadata: { callerIp } })).request.sourceIPs;
  assert.equal(withIp('gce-internal-ip'), undefined);
  assert.equal(withIp('private'), undefined);
  assert.deepEqual(withIp('2001:db8::1'), ['2001:db8::1']);
});

test('what is not the end of a Kubernetes request is skipped with its reason', () => {
  const reason = (value: unknown): string | undefined => {
    const result = normaliseGkeEntry(value);
    return result.ok ? undefined : result.reason;
  };
  assert.equal(reason(entry({ serviceName: 'container.googleapis.com' })), 'not-a-kubernetes-entry');
  assert.equal(reason(entry({}, { operation: { id: 'a', first: true } })), 'first-of-long-operation');
  assert.equal(reason(entry({}, { split: { uid: 'u', index: 0, totalSplits: 2 } })), 'split-entry');
  for (const value of [null, 1, 'x', [], {}]) assert.equal(reason(value), 'not-a-kubernetes-entry');
});

test('every form of a resource name', () => {
  const ref = (name: string, method = 'io.k8s.x.v1.y.z'): unknown =>
    parseResourceName(name, method)?.objectRef;
  const rbac = { apiGroup: 'rbac.authorization.k8s.io', apiVersion: 'v1' };
  assert.deepEqual(ref('core/v1/pods'), { apiVersion: 'v1', resource: 'pods' });
  assert.deepEqual(ref('core/v1/nodes/n1'), { apiVersion: 'v1', resource: 'nodes', name: 'n1' });
  assert.deepEqual(ref('core/v1/nodes/n1/status'), {
    apiVersion: 'v1',
    resource: 'nodes',
    name: 'n1',
    subresource: 'status',
  });
  assert.deepEqual(ref('core/v1/namespaces/a/pods'), { apiVersion: 'v1', namespace: 'a', resource: 'pods' });
  assert.deepEqual(ref('rbac.authorization.k8s.io/v1/clusterrolebindings/x'), {
    ...rbac,
    resource: 'clusterrolebindings',
    name: 'x',
  });
  assert.deepEqual(ref('core/v1/namespaces/a/finalize', 'io.k8s.core.v1.namespaces.finalize.update'), {
    apiVersion: 'v1',
    resource: 'namespaces',
    name: 'a',
    namespace: 'a',
    subresource: 'finalize',
  });
  assert.equal(ref('core'), undefined);
});
