// Tests of the audit normaliser: every version's shape, hostile shapes, and mutated records.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiRequested, parseEvent } from '@yagura/contracts';
import { createRandom, type Random } from '@yagura/kit/testing';
import { auditLimits } from './limits.ts';
import { normaliseAudit } from './normalise-audit.ts';

const v1 = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'RequestResponse',
  auditID: 'c3d1f0a2-0001-4a2b-9a51-0d9b2d7f6a11',
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/shop/pods',
  verb: 'create',
  user: { username: 'alice', groups: ['devs', 'system:authenticated'], extra: { scopes: ['a'] } },
  sourceIPs: ['10.0.0.7'],
  userAgent: 'kubectl/v1.33.0',
  objectRef: { resource: 'pods', namespace: 'shop', name: 'web', apiVersion: 'v1' },
  responseStatus: { metadata: {}, code: 201 },
  requestObject: { kind: 'Pod', spec: { containers: [{ name: 'web', image: 'nginx' }] } },
  requestReceivedTimestamp: '2026-05-01T10:00:00.000001Z',
  stageTimestamp: '2026-05-01T10:00:00.123456Z',
  annotations: { 'authorization.k8s.io/decision': 'allow' },
};

function eventOf(record: unknown, context?: Parameters<typeof normaliseAudit>[1]): ApiRequested {
  const result = normaliseAudit(record, context);
  assert.ok(result.ok, `refused: ${JSON.stringify(result)}`);
  const parsed = parseEvent(result.event);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.message);
  return result.event;
}

const reasonOf = (record: unknown): string | undefined => {
  const result = normaliseAudit(record);
  return result.ok ? undefined : result.reason;
};

test('a v1 record keeps its fields, time and a readable id', () => {
  const event = eventOf(v1, { cluster: 'prod', provider: 'eks' });
  assert.equal(event.id, `prod/${v1.auditID}/${v1.requestReceivedTimestamp}/ResponseComplete`);
  assert.equal(event.time, v1.stageTimestamp);
  assert.equal(event.provider, 'eks');
  assert.deepEqual(event.quality, {});
  assert.deepEqual(event.request.user, v1.user);
  assert.deepEqual(event.request.objectRef, v1.objectRef);
  assert.deepEqual(event.request.responseStatus, { code: 201 });
  assert.deepEqual(event.request.requestObject, v1.requestObject);
  assert.deepEqual(event.request.annotations, v1.annotations);
});

test('v1beta1 takes its time from timestamp, older ones from metadata', () => {
  const { stageTimestamp: _, requestReceivedTimestamp: __, ...rest } = v1;
  const beta = eventOf({ ...rest, apiVersion: 'audit.k8s.io/v1beta1', timestamp: '2018-10-25T13:58:49Z' });
  assert.equal(beta.time, '2018-10-25T13:58:49Z');
  assert.equal(beta.request.stageTimestamp, '2018-10-25T13:58:49Z');
  assert.equal(beta.quality.legacy, true);
  const alpha = { ...rest, apiVersion: undefined, metadata: { creationTimestamp: '2018-10-25T13:58:50Z' } };
  assert.equal(eventOf(alpha).time, '2018-10-25T13:58:50Z');
  assert.equal(eventOf(alpha).quality.legacy, true);
});

test('apiVersion and kind may be missing', () => {
  const { kind: _, apiVersion: __, ...bare } = v1;
  assert.deepEqual(eventOf(bare).quality, {});
});

test('what is not an audit record is refused with its reason', () => {
  assert.equal(reasonOf({ kind: 0 }), 'not-an-audit-event');
  assert.equal(reasonOf({ ...v1, apiVersion: 'v1' }), 'not-an-audit-event');
  assert.equal(reasonOf({ ...v1, kind: 'Policy' }), 'not-an-audit-event');
  assert.equal(reasonOf({}), 'no-verb');
  for (const value of [null, undefined, 1, 'x', true, [], [v1]])
    assert.equal(reasonOf(value), 'not-an-object');
});

test('a wrong type costs its field and marks the event, not the event itself', () => {
  const event = eventOf({
    ...v1,
    user: 'alice',
    sourceIPs: '10.0.0.7',
    objectRef: 7,
    responseStatus: { code: 'x' },
  });
  assert.equal(event.request.user, undefined);
  assert.equal(event.request.objectRef, undefined);
  assert.deepEqual(event.request.sourceIPs, ['10.0.0.7']);
  assert.equal(event.quality.truncated, true);
});

test('objects that a pipeline turned into strings are read', () => {
  const event = eventOf({
    ...v1,
    user: JSON.stringify(v1.user),
    requestObject: JSON.stringify(v1.requestObject),
    responseStatus: '{"code":"403"}',
  });
  assert.deepEqual(event.request.user, v1.user);
  assert.deepEqual(event.request.requestObject, v1.requestObject);
  assert.equal(event.request.responseStatus?.code, 403);
  assert.deepEqual(event.quality, {});
});

test('bodies too large or too deep are left out whole', () => {
  const large = eventOf({ ...v1, requestObject: { data: 'x'.repeat(auditLimits.bodyChars + 1) } });
  assert.equal(large.request.requestObject, undefined);
  assert.deepEqual(large.quality, { truncated: true, noBody: true });
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level += 1) deep = { deep };
  assert.equal(eventOf({ ...v1, responseObject: deep }).quality.truncated, true);
  const wide = { ...v1, user: { groups: Array.from({ length: 5000 }, (_, index) => `g${index}`) } };
  assert.equal(eventOf(wide).request.user?.groups?.length, auditLimits.groups);
});

test("keys of Object's prototype are data like any other", () => {
  const text = JSON.stringify(v1).replace(
    '"annotations":{',
    '"__proto__":{"verb":"delete","polluted":1},"annotations":{"__proto__":"p","constructor":"c",',
  );
  const event = eventOf(JSON.parse(text));
  assert.equal(event.request.verb, 'create');
  assert.equal(Object.getOwnPropertyDescriptor(event.request.annotations, '__proto__')?.value, 'p');
  assert.equal(Object.getPrototypeOf(event.request.annotations), Object.prototype);
  assert.equal(({} as { polluted?: number }).polluted, undefined);
});

test('an id is stable, short, and the same for two readings of one record', () => {
  const { auditID: _, ...anonymous } = v1;
  assert.equal(eventOf(anonymous).id, eventOf({ ...anonymous }).id);
  assert.notEqual(eventOf(anonymous).id, eventOf({ ...anonymous, requestURI: '/other' }).id);
  const long = eventOf({ ...v1, auditID: 'a'.repeat(5000) }, { cluster: 'c'.repeat(253) });
  assert.ok(long.id.length <= 256);
  const slashed = eventOf({ ...v1, auditID: 'x/y' }, { cluster: 'a' }).id;
  assert.notEqual(slashed, eventOf({ ...v1, auditID: 'y' }, { cluster: 'a/x' }).id);
});

test('a missing code is derived from the reason or the decision, and marked', () => {
  const forbidden = {
    ...v1,
    responseStatus: undefined,
    annotations: { 'authorization.k8s.io/decision': 'forbid' },
  };
  assert.equal(eventOf(forbidden).request.responseStatus?.code, 403);
  assert.equal(eventOf(forbidden).quality.statusInferred, true);
  const gone = eventOf({ ...v1, responseStatus: { status: 'Failure', reason: 'NotFound' } });
  assert.deepEqual(gone.request.responseStatus, { code: 404, reason: 'NotFound' });
});

test("the API server's own mark of truncation and the lack of a body are told", () => {
  const { requestObject: _, ...bare } = { ...v1, annotations: { 'audit.k8s.io/truncated': 'true' } };
  assert.deepEqual(eventOf(bare).quality, { truncated: true, noBody: true });
});

test('times are UTC and valid, or replaced', () => {
  assert.equal(
    eventOf({ ...v1, stageTimestamp: '2026-05-01T12:00:00+02:00' }).time,
    '2026-05-01T10:00:00.000Z',
  );
  const { requestReceivedTimestamp: _, ...timeless } = { ...v1, stageTimestamp: 'yesterday' };
  assert.equal(eventOf(timeless, { receivedAt: '2026-01-01T00:00:00Z' }).time, '2026-01-01T00:00:00Z');
});

const oddities: readonly unknown[] = [
  null,
  0,
  -1,
  1e308,
  true,
  '',
  'x',
  '{"a":',
  '\ud800',
  'y'.repeat(10_000),
  [],
  {},
  [[[]]],
  [null, 1, {}],
  { length: 3 },
  JSON.parse('{"__proto__":null}'),
  JSON.parse('{"toString":1,"hasOwnProperty":2}'),
];

/** Replaces or removes a field at a random place. */
function mutate(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.next() < 0.15) return random.pick(oddities);
  const key = random.pick(Object.keys(value));
  if (key === undefined) return random.pick(oddities);
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  if (random.next() < 0.1) delete copy[key];
  else copy[key] = mutate(copy[key], random);
  return copy;
}

test('mutated records never throw, and what is accepted fits the contract', () => {
  const random = createRandom(20260501);
  const until = performance.now() + 800;
  let accepted = 0;
  for (let round = 0; round < 5000 && performance.now() < until; round += 1) {
    let record: unknown = v1;
    for (let times = 0; times <= round % 6; times += 1) record = mutate(record, random);
    const result = normaliseAudit(record, { cluster: 'fuzz' });
    if (!result.ok) continue;
    accepted += 1;
    const parsed = parseEvent(JSON.parse(JSON.stringify(result.event)));
    assert.ok(parsed.ok, `${parsed.ok ? '' : parsed.message}: ${JSON.stringify(record).slice(0, 2000)}`);
  }
  assert.ok(accepted > 100, `only ${accepted} accepted`);
});

test('an audit id that a client chose does not make two requests one', () => {
  const idOf = (more: object, provider: 'kubernetes' | 'gke' = 'kubernetes'): string => {
    const result = normaliseAudit({ ...v1, ...more }, { cluster: 'prod', provider });
    assert.ok(result.ok);
    return result.event.id;
  };
  assert.equal(idOf({}), idOf({}));
  const later = { requestReceivedTimestamp: '2026-05-01T10:00:09.000001Z' };
  assert.notEqual(idOf({}), idOf(later));
  assert.notEqual(idOf({}), idOf({ stage: 'ResponseStarted' }));
  // An entry of GKE that is delivered again keeps its URI, whatever its time.
  assert.equal(idOf({}, 'gke'), idOf(later, 'gke'));
  assert.notEqual(idOf({}, 'gke'), idOf({ requestURI: '/api/v1/secrets' }, 'gke'));
});
