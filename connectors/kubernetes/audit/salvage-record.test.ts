// A record that is too long or too deep still tells who did what; nobody hides a request by its size.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineCarry } from '../tail/line-carry.ts';
import { parseAuditBody } from './parse-audit-body.ts';
import { readAuditLines } from './read-audit-lines.ts';

const record = (bodies: object): object => ({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'RequestResponse',
  auditID: 'a-1',
  stage: 'ResponseComplete',
  requestURI: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/x',
  verb: 'patch',
  user: { username: 'mallory', groups: ['system:authenticated'] },
  sourceIPs: ['203.0.113.7'],
  userAgent: 'x"}],{',
  objectRef: { resource: 'clusterrolebindings', name: 'x' },
  responseStatus: { metadata: {}, code: 200 },
  ...bodies,
  requestReceivedTimestamp: '2026-05-04T10:00:00.000001Z',
  stageTimestamp: '2026-05-04T10:00:01.000000Z',
  annotations: { 'authorization.k8s.io/decision': 'allow' },
});

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const plain = record({ requestObject: { subjects: [] } });

function assertSalvaged(body: string): void {
  const { events, skipped } = parseAuditBody(body);
  assert.deepEqual(skipped, {});
  const [event, ...others] = events;
  assert.equal(event?.request.user?.username, 'mallory');
  assert.equal(event.request.objectRef?.resource, 'clusterrolebindings');
  assert.equal(event.request.responseStatus?.code, 200);
  assert.equal(event.request.requestObject, undefined);
  assert.equal(event.time, '2026-05-04T10:00:01.000000Z');
  assert.equal(event.id, parseAuditBody(JSON.stringify(plain)).events[0]?.id);
  assert.deepEqual(event.quality, { truncated: true, noBody: true });
  assert.equal(others.length, 1, 'the record behind it is whole');
}

const behind = `\n${JSON.stringify({ ...plain, auditID: 'a-2' })}\n`;

test('a patch that is nested too deeply', () => {
  assertSalvaged(JSON.stringify(record({ requestObject: { junk: nested(200), subjects: [] } })) + behind);
  assertSalvaged(
    JSON.stringify(record({ requestObject: { junk: nested(200), pad: 'x'.repeat(3_000_000) } })) + behind,
  );
});

test('bodies that are too long, also with times and braces of their own', () => {
  const pad = 'x'.repeat(6_000_000);
  for (const trick of [{}, { requestReceivedTimestamp: 'z', '}': '{"requestReceivedTimestamp":"' }])
    assertSalvaged(
      JSON.stringify(record({ requestObject: { pad }, responseObject: { pad, ...trick } })) + behind,
    );
});

test('in a list, and in chunks', async () => {
  const long = record({ requestObject: { pad: '<'.repeat(50_000) } });
  const list = JSON.stringify({ kind: 'EventList', items: [plain, long, plain] });
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(list);
    for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
  }
  const verbs: unknown[] = [];
  for await (const pieces of readAuditLines(chunks(), { maxRecordBytes: 10_000 }))
    for (const piece of pieces) verbs.push(piece.ok && (piece.value as { verb: unknown }).verb);
  assert.deepEqual(verbs, ['patch', 'patch', 'patch']);
});

test('a line of a followed file that is too long', () => {
  const carry = new LineCarry(0, 10_000);
  const line = `${JSON.stringify(record({ requestObject: { pad: 'x'.repeat(200_000) } }))}\n`;
  const lines: string[] = [];
  for (let at = 0; at < line.length; at += 4_096)
    lines.push(...carry.push(Buffer.from(line.slice(at, at + 4_096))).lines);
  assert.equal(carry.offset, line.length);
  assertSalvaged(lines.join('\n') + behind);
});

test('what does not say what it is about is left out, and counted', () => {
  assert.deepEqual(parseAuditBody(JSON.stringify({ deep: nested(200) })).skipped, { 'too-deep': 1 });
  assert.deepEqual(parseAuditBody(JSON.stringify({ verb: nested(200) })).skipped, { 'too-deep': 1 });
});
