// Tests of the GKE mapping, on entries in the shape that Cloud Logging documents.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiRequested, parseEvent } from '@yagura/contracts';
import { normaliseGkeEntry } from './audit-record.ts';
import { gkeLog } from './gke-log.ts';
import { heldLimits } from './held-entries.ts';
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
  assert.equal(status({ status: { code: 2 } }), 500);
  assert.equal(status({ methodName: 'io.k8s.core.v1.pods.delete' }), 200);
});

test('a server-side apply that creates is told by the age of what it is answered with', () => {
  const code = (creationTimestamp: string): number | undefined =>
    eventOf(
      entry({
        methodName: 'io.k8s.core.v1.pods.patch',
        response: { '@type': 'core.k8s.io/v1.Pod', metadata: { creationTimestamp } },
      }),
    ).request.responseStatus?.code;
  assert.equal(code('2026-11-23T10:00:00Z'), 201);
  assert.equal(code('2026-11-23T09:59:00Z'), 200);
  assert.equal(code('soon'), 200);
});

test('what a refusal says is kept', () => {
  const { request } = eventOf(entry({ status: { code: 7, message: 'pods is forbidden' } }));
  assert.deepEqual(request.responseStatus, { code: 403, message: 'pods is forbidden' });
});

test('an address that is none is left out', () => {
  const withIp = (callerIp: string): unknown =>
    eventOf(entry({ requestMetadata: { callerIp } })).request.sourceIPs;
  assert.equal(withIp('gce-internal-ip'), undefined);
  assert.equal(withIp('private'), undefined);
  assert.equal(withIp('face'), undefined);
  assert.deepEqual(withIp('2001:db8::1'), ['2001:db8::1']);
});

test('what is no Kubernetes request is skipped with its reason', () => {
  const reason = (value: unknown): string | undefined => {
    const result = normaliseGkeEntry(value);
    return result.ok ? undefined : result.reason;
  };
  assert.equal(reason(entry({ serviceName: 'container.googleapis.com' })), 'not-a-kubernetes-entry');
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
  // Groups are written backwards in methods; names have them as they are.
  assert.deepEqual(
    ref('apps/v1/namespaces/a/deployments/d/scale', 'io.k8s.apps.v1.deployments.scale.update'),
    {
      apiGroup: 'apps',
      apiVersion: 'v1',
      namespace: 'a',
      resource: 'deployments',
      name: 'd',
      subresource: 'scale',
    },
  );
});

type Log = Readonly<Record<string, unknown>>;
const log = (payload: object = {}, rest: object = {}): Log => entry(payload, rest) as Log;
const told = (records: ReturnType<ReturnType<typeof gkeLog.open>['read']>): unknown =>
  records?.map((each) =>
    each.ok ? [each.event.request.stage, each.event.request.responseStatus?.code] : each.reason,
  );

test('an exec is told when it begins; its end is the same request', () => {
  const payload = {
    methodName: 'io.k8s.core.v1.pods.exec.create',
    resourceName: 'core/v1/namespaces/shop/pods/web/exec',
  };
  const reader = gkeLog.open({});
  assert.deepEqual(told(reader.read(log(payload, { operation: { id: 'x', first: true } }))), [
    ['ResponseStarted', 101],
  ]);
  const end = { operation: { id: 'x', last: true }, timestamp: '2026-11-23T14:00:00Z' };
  assert.deepEqual(told(reader.read(log(payload, end))), [['ResponseComplete', 101]]);
  assert.deepEqual(reader.end(), []);
});

test('another long operation is told when it ends, with what it began with', () => {
  const reader = gkeLog.open({});
  assert.deepEqual(reader.read(log({}, { operation: { id: 'x', first: true } })), []);
  const end = { operation: { id: 'x', last: true }, timestamp: '2026-11-23T10:09:00Z' };
  const [record] = reader.read(log({ request: undefined, status: { code: 7 } }, end)) ?? [];
  assert.ok(record?.ok);
  const { request } = record.event;
  assert.deepEqual([request.stage, request.responseStatus?.code], ['ResponseComplete', 403]);
  assert.deepEqual(request.requestObject, { kind: 'Pod', metadata: { name: 'x' }, spec: { containers: [] } });
  assert.equal(request.requestReceivedTimestamp, '2026-11-23T10:00:00.123456Z');
});

test('an operation without an end is told all the same, and marked', () => {
  const reader = gkeLog.open({});
  reader.read(log({}, { operation: { id: 'x', first: true } }));
  const [record] = reader.end();
  assert.ok(record?.ok && record.event.quality.truncated);
  assert.deepEqual(told([record]), [['ResponseStarted', 201]]);
  const alone = log({}, { operation: { id: 'y', last: true }, timestamp: '2026-11-23T10:09:00Z' });
  assert.deepEqual(told(reader.read(alone)), [['ResponseComplete', 201]]);
});

test('of entries that come newest first, the end of an operation waits for its beginning', () => {
  const reader = gkeLog.open({});
  const end = { operation: { id: 'x', last: true }, timestamp: '2026-11-23T10:09:00Z' };
  const alone = { operation: { id: 'y', last: true }, timestamp: '2026-11-23T10:08:00Z' };
  assert.deepEqual(reader.read(log({ request: undefined, status: { code: 7 } }, end)), []);
  assert.deepEqual(reader.read(log({}, alone)), []);
  const whole = reader.read(log({}, { operation: { id: 'x', first: true } }));
  assert.deepEqual(told(whole), [['ResponseComplete', 403]]);
  assert.deepEqual(told(reader.end()), [['ResponseComplete', 201]]);
});

const part = (index: number, request: unknown, uid = 'u', totalSplits = 2): Log =>
  log({ request }, { split: { uid, index, totalSplits }, insertId: `ins-${index}` });
const bodyOf = (records: ReturnType<ReturnType<typeof gkeLog.open>['read']>): unknown =>
  records?.map((each) => (each.ok ? each.event.request.requestObject : each.reason));

test('an entry in parts is put together, in whatever order and however often they come', () => {
  const first = part(0, { '@type': 'core.k8s.io/v1.Pod', spec: { args: ['foo', 'ba'] }, note: 'ab' });
  const second = part(1, { spec: { args: ['', 'r', 'baz'], hostPID: true }, note: 'cd' });
  const whole = { kind: 'Pod', spec: { args: ['foo', 'bar', 'baz'], hostPID: true }, note: 'abcd' };
  for (const parts of [
    [first, second],
    [second, second, first, first, second],
  ]) {
    const reader = gkeLog.open({});
    assert.deepEqual(
      parts.flatMap((each) => bodyOf(reader.read(each))),
      [whole],
    );
    assert.deepEqual(reader.end(), []);
  }
});

test('what is missing of an entry is counted, and what is there is analysed', () => {
  const reader = gkeLog.open({});
  assert.deepEqual(reader.read(part(1, { spec: { hostPID: true } }, 'u', 3)), []);
  const rest = reader.end();
  assert.deepEqual(bodyOf(rest), [
    'missing-part-of-entry',
    'missing-part-of-entry',
    { spec: { hostPID: true } },
  ]);
  const last = rest.at(-1);
  assert.ok(last?.ok && last.event.quality.truncated);
});

test('waiting for parts has a bound; the oldest leaves first', () => {
  const reader = gkeLog.open({});
  const total = heldLimits.groups + 10;
  const told = Array.from({ length: total }, (_, n) => reader.read(part(0, {}, `u${n}`)) ?? []);
  assert.equal(told.flat().filter(({ ok }) => ok).length, 10);
  assert.equal(reader.end().filter(({ ok }) => ok).length, heldLimits.groups);
  const large = { note: 'x'.repeat(1024 * 1024) };
  const made = Array.from({ length: 40 }, (_, n) => reader.read(part(0, large, `v${n}`)) ?? []);
  assert.ok(made.flat().filter(({ ok }) => ok).length >= 8);
});

test('a message of Pub/Sub, pulled or pushed, and what is none', () => {
  const data = Buffer.from(JSON.stringify(entry())).toString('base64');
  const message = { data, messageId: '1', publishTime: '2026-11-23T10:00:01Z' };
  for (const value of [{ ackId: 'a', message }, { message, subscription: 's' }, message])
    assert.deepEqual(told(gkeLog.open({}).read(value)), [['ResponseComplete', 201]]);
  assert.deepEqual(told(gkeLog.open({}).read({ message: { ...message, data: 'eA==' } })), ['not-json']);
  for (const value of [{}, { message: 'x' }, { kind: 'Event', verb: 'get' }])
    assert.equal(gkeLog.open({}).read(value), undefined);
});
