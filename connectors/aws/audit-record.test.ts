// Tests of what EKS delivers: messages, envelopes, answers, exports, and Firehose objects whole, cut and compressed twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { normaliseEksMessage } from './audit-record.ts';
import { eksLog } from './eks-log.ts';
import { exportToJson } from './export-lines.ts';
import { readEksDelivery } from './read-delivery.ts';

const audit = (auditID: string): object => ({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'Metadata',
  auditID,
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/shop/secrets/s',
  verb: 'get',
  user: { username: 'alice', groups: ['system:authenticated'] },
  objectRef: { resource: 'secrets', namespace: 'shop', name: 's', apiVersion: 'v1' },
  responseStatus: { metadata: {}, code: 200 },
  stageTimestamp: '2026-11-24T10:00:00.000000Z',
});
const envelope = (...ids: string[]): object => ({
  messageType: 'DATA_MESSAGE',
  owner: '111122223333',
  logGroup: '/aws/eks/c1/cluster',
  logStream: 'kube-apiserver-audit-0a1b',
  subscriptionFilters: ['yagura'],
  logEvents: ids.map((id) => ({ id, timestamp: 1764000000000, message: JSON.stringify(audit(id)) })),
});
const limitBytes = 1024 * 1024;
const read = (body: Uint8Array): ReturnType<typeof readEksDelivery> => readEksDelivery(body, limitBytes);
const gzip = (value: object): Buffer => gzipSync(JSON.stringify(value));

test('a message is a record; a cut one is kept and marked', () => {
  const text = JSON.stringify(audit('a'));
  const whole = normaliseEksMessage(text, { cluster: 'c1' });
  assert.ok(whole.ok);
  assert.equal(whole.event.provider, 'eks');
  assert.deepEqual(whole.event.quality, {});
  const cut = normaliseEksMessage(`${text.slice(0, text.indexOf('"responseStatus"') + 5)}[Truncated...]`);
  assert.ok(cut.ok);
  assert.equal(cut.event.request.objectRef?.name, 's');
  assert.equal(cut.event.quality.truncated, true);
  for (const value of ['', 'x', '[1]', 7, null]) assert.equal(normaliseEksMessage(value).ok, false);
});

test('an envelope, plain and compressed', async () => {
  for (const body of [Buffer.from(JSON.stringify(envelope('a', 'b'))), gzip(envelope('a', 'b'))]) {
    const { events, skipped } = await read(body);
    assert.deepEqual(
      events.map(({ cluster, request }) => [cluster, request.auditID]),
      [
        ['111122223333/c1', 'a'],
        ['111122223333/c1', 'b'],
      ],
    );
    assert.deepEqual(skipped, {});
  }
});

test('a Firehose object: several members, documents back to back, compressed twice', async () => {
  const members = Buffer.concat([gzip(envelope('a')), gzip(envelope('b'))]);
  assert.equal((await read(members)).events.length, 2);
  const backToBack = gzipSync(JSON.stringify(envelope('a')) + JSON.stringify(envelope('b')));
  assert.equal((await read(backToBack)).events.length, 2);
  assert.equal((await read(gzipSync(members))).events.length, 2);
});

test('a cut or dirty end costs only what it held, and is counted', async () => {
  const second = gzip(envelope('b'));
  const cut = Buffer.concat([gzip(envelope('a')), second.subarray(0, second.length - 12)]);
  const afterCut = await read(cut);
  assert.equal(afterCut.events[0]?.request.auditID, 'a');
  assert.ok((afterCut.skipped.cut ?? 0) > 0);
  const large = gzip(envelope(...Array.from({ length: 1000 }, (_, index) => `${index}-${Math.random()}`)));
  const dirty = await read(Buffer.concat([large, Buffer.from('trailing')]));
  assert.deepEqual(dirty.skipped, { cut: 2 }, 'the envelope, and the end of the object');
});

test('probes, other streams and what is no envelope are counted by reason', async () => {
  const control = { ...envelope(), messageType: 'CONTROL_MESSAGE' };
  const other = { ...envelope('a'), logStream: 'kube-apiserver-0a1b' };
  const body = gzipSync(
    [control, other, { a: 1 }, envelope('b')].map((part) => JSON.stringify(part)).join(''),
  );
  const { events, skipped } = await read(body);
  assert.equal(events.length, 1);
  assert.deepEqual(skipped, { 'control-message': 1, 'not-an-audit-stream': 1, 'not-an-envelope': 1 });
});

test('a zip bomb stops at the limit', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
  const { events, skipped } = await read(bomb);
  assert.deepEqual({ events, skipped }, { events: [], skipped: { 'too-large': 1 } });
});

const idsOf = (value: Readonly<Record<string, unknown>>): unknown =>
  eksLog
    .open({})
    .read(value)
    ?.map((each) => (each.ok ? each.event.request.auditID : each.reason));

test('what the command line prints of a log group', () => {
  const event = (logStreamName: string, id: string): object => ({
    ...{ logStreamName, timestamp: 1764000000000, ingestionTime: 1764000000001, eventId: '1' },
    message: JSON.stringify(audit(id)),
  });
  const events = [event('kube-apiserver-audit-0a1b', 'a'), event('authenticator-0a1b', 'b')];
  assert.deepEqual(idsOf({ events, searchedLogStreams: [] }), ['a', 'not-an-audit-stream']);
  assert.deepEqual(idsOf({ timestamp: 1, message: JSON.stringify(audit('c')) }), ['c']);
  assert.deepEqual(idsOf({ '@timestamp': 't', '@message': audit('d') }), ['d']);
  const data = gzip(envelope('e')).toString('base64');
  assert.deepEqual(idsOf({ awslogs: { data } }), ['e']);
  assert.deepEqual(idsOf({ awslogs: { data: 'x' } }), ['not-an-envelope']);
  const row = (field: string, value: string): object => ({ field, value });
  const message = row('@message', JSON.stringify(audit('f')));
  assert.deepEqual(idsOf({ results: [[row('@timestamp', 't'), message], [message]], status: 'Complete' }), [
    'f',
    'f',
  ]);
  assert.deepEqual(idsOf({ Records: [{ SequenceNumber: '1', Data: data }] }), ['e']);
  assert.deepEqual(idsOf({ Records: [{ kinesis: { data } }, { kinesis: { data: 'x' } }] }), [
    'e',
    'not-an-envelope',
  ]);
  for (const value of [
    {},
    audit('a') as Record<string, unknown>,
    { events: [] },
    { message: {} },
    { results: [[]] },
    { Records: [{ s3: {} }] },
  ])
    assert.equal(idsOf(value), undefined);
});

async function exported(text: string, chunkBytes: number): Promise<string> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  return Buffer.concat(await Array.fromAsync(exportToJson(chunks()))).toString('utf8');
}

test('lines of an export become JSON at every chunk size, and other files stay as they are', async () => {
  const [a, b] = [JSON.stringify(audit('a')), JSON.stringify({ ...audit('b'), userAgent: 'Grüße' })];
  const cut = `${a.slice(0, -20)}[Truncated...]`;
  const text = `2026-11-24T10:00:00.123Z ${a}\n2026-11-24T10:00:01.000000+00:00 kube-apiserver-audit-0a1b ${b}\n\n2026-11-24T10:00:02.000Z ${cut}`;
  for (const chunkBytes of [1, 7, 64, 100_000]) {
    const lines = (await exported(text, chunkBytes)).trimEnd().split('\n');
    const records = lines.flatMap((line) => eksLog.open({}).read(JSON.parse(line)) ?? []);
    assert.deepEqual(
      records.map((each) => each.ok && [each.event.request.auditID, each.event.quality.truncated]),
      [
        ['a', undefined],
        ['b', undefined],
        ['a', true],
      ],
    );
    const other = `${a}\n${b}\n`;
    assert.equal(await exported(other, chunkBytes), other);
    const ofContainer = `2026-11-24T10:00:00.123456789Z ${a}\n`;
    assert.equal(await exported(ofContainer, chunkBytes), ofContainer);
  }
  assert.equal(await exported('', 1), '');
});

test('a line without an end costs no more than its own beginning', async () => {
  const text = `2026-11-24T10:00:00.123Z {${'x'.repeat(3 * 1024 * 1024)}\n2026-11-24T10:00:01.123Z {}\n`;
  const lines = (await exported(text, 64 * 1024)).trimEnd().split('\n');
  assert.equal(lines.length, 2);
});
