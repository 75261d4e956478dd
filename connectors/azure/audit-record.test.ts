// Tests of the AKS record, whole, cut and with bodies left out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiRequested, parseEvent } from '@yagura/contracts';
import { normaliseAksRecord } from './audit-record.ts';
import { readBlobLines, readEventHubBody } from './read-event-hub-body.ts';

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

test('a message holds records, a blob holds lines', () => {
  const body = JSON.stringify({ records: [record(audit), record(audit)] });
  assert.equal(readEventHubBody(body).records.length, 2);
  assert.deepEqual(readEventHubBody('{"records":['), { records: [], unreadable: 1 });
  const lines = `${JSON.stringify(record(audit))}\n\n{"cut\n${JSON.stringify(record(audit))}\n`;
  const blob = readBlobLines(lines);
  assert.equal(blob.records.length, 2);
  assert.equal(blob.unreadable, 1);
});
