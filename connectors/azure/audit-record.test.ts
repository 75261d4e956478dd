// Tests of the AKS record, whole, cut and with bodies left out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiRequested, parseEvent } from '@yagura/contracts';
import { aksLog } from './aks-log.ts';
import { normaliseAksRecord } from './audit-record.ts';

const audit = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'RequestResponse',
  auditID: 'a-1',
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/shop/pods',
  verb: 'create',
  user: { username: 'alice', groups: ['system:authenticated'] },
  sourceIPs: ['203.0.113.9'],
  objectRef: { resource: 'pods', namespace: 'shop', name: 'web', apiVersion: 'v1' },
  responseStatus: { metadata: {}, code: 201 },
  stageTimestamp: '2026-11-24T10:00:00.000000Z',
  requestObject: { kind: 'Pod', spec: { containers: [{ name: 'web', image: 'nginx' }] } },
};
const resourceId =
  '/SUBSCRIPTIONS/S/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/AKS1';
const record = (log: unknown, category = 'kube-audit'): object => ({
  category,
  operationName: 'Microsoft.ContainerService/managedClusters/diagnosticLogs/Read',
  properties: { pod: 'kube-apiserver-1', containerID: 'c', stream: 'stdout', log },
  resourceId,
  time: '2026-11-24T10:00:01.1234567Z',
});

function eventOf(value: unknown): ApiRequested {
  const result = normaliseAksRecord(value);
  assert.ok(result.ok, JSON.stringify(result));
  assert.ok(parseEvent(result.event).ok);
  return result.event;
}

test('the log as a string with escaped slashes, and as an object', () => {
  const text = `${JSON.stringify(audit).replaceAll('/', '\\/')}\n`;
  const event = eventOf(record(text));
  assert.equal(event.cluster, resourceId.toLowerCase());
  assert.equal(event.provider, 'aks');
  assert.deepEqual(event.quality, {});
  assert.deepEqual(event.request.requestObject, audit.requestObject);
  assert.deepEqual(eventOf(record(audit)), event);
});

test('reads are missing from kube-audit-admin', () => {
  assert.deepEqual(eventOf(record(audit, 'kube-audit-admin')).quality, { noReads: true });
});

test('a record cut anywhere behind its verb still tells who did what', () => {
  const text = JSON.stringify(audit);
  for (let length = text.indexOf('"user"'); length < text.length; length += 7) {
    const event = eventOf(record(text.slice(0, length)));
    assert.equal(event.request.verb, 'create');
    assert.equal(event.quality.truncated, true);
  }
});

test('a body that AKS left out is missing, not a string', () => {
  const event = eventOf(record({ ...audit, requestObject: 'skipped-too-big-size-object' }));
  assert.equal(event.request.requestObject, undefined);
  assert.deepEqual(event.quality, { truncated: true, noBody: true });
});

test('other categories and hostile shapes are skipped with their reason', () => {
  const reason = (value: unknown): string | undefined => {
    const result = normaliseAksRecord(value);
    return result.ok ? undefined : result.reason;
  };
  assert.equal(reason(record('I1124 klog text', 'guard')), 'not-an-audit-category');
  assert.equal(reason(record('I1124 klog text')), 'no-log');
  assert.equal(reason(record(undefined)), 'no-log');
  assert.equal(reason({ category: 'kube-audit', properties: 'x' }), 'no-log');
  for (const value of [null, 1, 'x', [], {}]) assert.equal(reason(value), 'not-an-audit-category');
});

test('a row of the table of AKS alone, its columns as text or as they are', () => {
  const row = {
    Type: 'AKSAuditAdmin',
    AuditId: 'a-1',
    Level: 'RequestResponse',
    Stage: 'ResponseComplete',
    Verb: 'create',
    RequestUri: audit.requestURI,
    User: audit.user,
    SourceIps: audit.sourceIPs,
    ObjectRef: audit.objectRef,
    ResponseStatus: audit.responseStatus,
    RequestObject: audit.requestObject,
    ResponseObject: null,
    StageReceivedTime: audit.stageTimestamp,
    TimeGenerated: '2026-11-24T10:07:00Z',
    _ResourceId: resourceId,
  };
  const texts = Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
  const read = (value: Readonly<Record<string, unknown>>): ApiRequested => {
    const [record] = aksLog.open({}).read(value) ?? [];
    assert.ok(record?.ok, JSON.stringify(record));
    return record.event;
  };
  assert.deepEqual(read(row), eventOf(record(audit, 'kube-audit-admin')));
  assert.deepEqual(read({ ...texts, ResponseObject: '' }), read(row));
  const cut = read({ ...texts, RequestObject: texts['RequestObject']?.slice(0, -9), ResponseObject: '' });
  assert.deepEqual(cut.quality, { noReads: true, noBody: true, truncated: true });
});

test('a cluster that Azure Arc connects is no AKS', () => {
  const arc = '/subscriptions/S/resourceGroups/RG/providers/Microsoft.Kubernetes/connectedClusters/edge1';
  const event = eventOf({ ...record(audit, 'kube-audit-admin'), resourceId: arc });
  assert.equal(event.provider, 'kubernetes');
  assert.equal(event.cluster, arc.toLowerCase());
  const row = { AuditId: 'a-1', Level: 'Metadata', Stage: 'ResponseComplete', Verb: 'create' };
  const place = { RequestUri: '/x', StageReceivedTime: audit.stageTimestamp, _ResourceId: arc };
  for (const [Type, noReads] of [
    ['ArcK8sAudit', undefined],
    ['ArcK8sAuditAdmin', true],
  ] as const) {
    const [read] = aksLog.open({}).read({ ...row, ...place, Type }) ?? [];
    assert.ok(read?.ok, JSON.stringify(read));
    assert.equal(read.event.provider, 'kubernetes');
    assert.equal(read.event.quality.noReads, noReads);
  }
});

test('a message holds records, a blob holds lines, a table has rows', () => {
  const read = (value: Readonly<Record<string, unknown>>): unknown =>
    aksLog
      .open({})
      .read(value)
      ?.map((each) => (each.ok ? each.event.request.auditID : each.reason));
  const one = { ...record(audit) };
  assert.deepEqual(read({ records: [one, record('klog text', 'guard')] }), ['a-1', 'not-an-audit-category']);
  assert.deepEqual(read(one), ['a-1']);
  const row = { Category: 'kube-audit', log_s: JSON.stringify(audit), _ResourceId: resourceId };
  assert.deepEqual(read(row), ['a-1']);
  for (const value of [{}, audit, { records: [] }, { records: [1] }, { category: 'x' }])
    assert.equal(read(value), undefined);
  const named = aksLog.open({ cluster: 'mine' }).read(one)?.[0];
  assert.equal(named?.ok && named.event.cluster, 'mine');
});
