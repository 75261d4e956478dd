// Batches over real HTTPS with real certificates: what is refused, what a bad line costs, what is durable.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type BatchReceipt, batchHeaders, batchLimits } from '@yagura/contracts';
import type { ClientTls, Response } from '@yagura/kit';
import { openAuthority } from '../authority/authority.ts';
import { createRequest } from '../authority/testing.ts';
import { decodeBody } from '../event-log/block-body.ts';
import { listNodes, revokeNode } from '../store/nodes.ts';
import {
  codeOf,
  startTestAgentsPort,
  type TestAgent,
  type TestAgentsPort,
} from '../testing/test-agents-port.ts';
import { processEvent } from './testing.ts';

let port: TestAgentsPort;
let agent: TestAgent;
before(async () => {
  port = await startTestAgentsPort();
  agent = await port.agent('node-1', { cluster: 'prod' });
});
after(() => port[Symbol.asyncDispose]());

let batches = 0;
interface BatchWish {
  readonly tls?: ClientTls;
  readonly lines?: number;
  readonly id?: string;
  readonly encoding?: string;
}

function send(body: string | Uint8Array, wish: BatchWish = {}): Promise<Response> {
  const lines = wish.lines ?? body.toString().trim().split('\n').length;
  return port.call('/v1/batches', {
    tls: wish.tls ?? agent.tls,
    body,
    headers: {
      [batchHeaders.id]: wish.id ?? `b${batches++}`,
      [batchHeaders.lines]: String(lines),
      ...(wish.encoding === undefined ? {} : { 'content-encoding': wish.encoding }),
    },
  });
}

const events = (...ids: string[]): string =>
  ids.map((id) => `${JSON.stringify(processEvent(id))}\n`).join('');
const receiptOf = (answer: Response): BatchReceipt => {
  assert.equal(answer.status, 200, answer.body.toString());
  return JSON.parse(answer.body.toString()) as BatchReceipt;
};
const refused = (answer: Response, status: number, code: string): void => {
  assert.equal(`${answer.status} ${codeOf(answer)}`, `${status} ${code}`);
};
const nothingNew = async (work: () => Promise<void>): Promise<void> => {
  const { lines } = port.eventLog.stats();
  await work();
  assert.equal(port.eventLog.stats().lines, lines, 'nothing was taken');
};

test('a batch without a certificate is refused', () =>
  nothingNew(async () =>
    refused(await send(events('a'), { tls: { ca: port.authority.certificate } }), 401, 'CERTIFICATE_MISSING'),
  ));

test("a foreign authority's certificate is refused, also one that copies ours in name", () =>
  nothingNew(async () => {
    const dir = await mkdtemp(`${tmpdir()}/yagura-foreign-`);
    const { clock, workspace } = port;
    const foreign = await openAuthority({ dir, workspace, serverNames: [], clock });
    const { csr, key } = await createRequest({ algorithm: 'P-256' });
    const { pem } = await foreign.issueAgent(agent.id, csr);
    await rm(dir, { recursive: true });
    const tls = { ca: port.authority.certificate, cert: pem, key };
    refused(await send(events('a'), { tls }), 403, 'CERTIFICATE_FOREIGN');
  }));

test('an expired certificate is refused, at the handshake and on a connection that was open before', async () => {
  const short = await port.agent('short-lived');
  receiptOf(await send(events('a'), { tls: short.tls }));
  port.clock.at = Date.now() + 31 * 86_400_000;
  refused(await send(events('b'), { tls: short.tls }), 403, 'CERTIFICATE_EXPIRED');
  // Now a certificate that ended before the real clock, so that OpenSSL itself finds it.
  port.clock.at = Date.now() - 40 * 86_400_000;
  const { csr, key } = await createRequest({ algorithm: 'P-256' });
  const { pem } = await port.authority.issueAgent(agent.id, csr);
  port.clock.at = undefined;
  const tls = { ca: port.authority.certificate, cert: pem, key };
  refused(await send(events('c'), { tls }), 403, 'CERTIFICATE_EXPIRED');
});

test("a certificate of ours that no agent holds is refused, and so is the server's own", async () => {
  const { csr, key } = await createRequest({ algorithm: 'P-256' });
  const { pem } = await port.authority.issueAgent('nobody', csr);
  const tls = { ca: port.authority.certificate, cert: pem, key };
  refused(await send(events('a'), { tls }), 403, 'CERTIFICATE_UNKNOWN');
  const server = await port.authority.serverCredentials();
  const own = { ca: port.authority.certificate, cert: server.cert, key: server.key };
  assert.equal((await send(events('a'), { tls: own })).status, 403);
});

test('a revoked certificate is refused within seconds, on the connection that it has open', async () => {
  const doomed = await port.agent('doomed');
  receiptOf(await send(events('a'), { tls: doomed.tls }));
  const node = await revokeNode(port.database.db, doomed.id, Date.now());
  assert.equal(node?.state, 'revoked');
  await sleep(2_100);
  refused(await send(events('b'), { tls: doomed.tls }), 403, 'CERTIFICATE_REVOKED');
});

test('every encoding is taken; what lies in the log says whose it is by certificate, not by its own word', async () => {
  const claimed = { ...processEvent('liar'), node: 'other', cluster: 'other' };
  const text = `${JSON.stringify(claimed)}\n`;
  for (const [encoding, body] of [
    ['zstd', zstdCompressSync(text)],
    ['gzip', gzipSync(text)],
    ['identity', Buffer.from(text)],
  ] as const) {
    const { accepted, duplicate } = receiptOf(await send(body, { encoding, lines: 1 }));
    assert.deepEqual([accepted, duplicate], [1, false]);
    const block = port.eventLog.read({ maxBlocks: 100, maxBytes: 1e9 }).at(-1);
    assert.ok(block);
    const { origin, ndjson } = await decodeBody(block.body);
    assert.deepEqual(origin, { node: 'node-1', cluster: 'prod' });
    assert.equal(ndjson, text);
  }
});

test('a bad line costs only itself, and is counted on its node', async () => {
  const receipt = receiptOf(await send(`${events('a')}{"kind":"process.started",\n${events('b')}`));
  assert.equal(receipt.accepted, 2);
  assert.equal(receipt.rejectedTotal, 1);
  assert.deepEqual(
    receipt.rejected.map(({ line, code }) => [line, code]),
    [[2, 'LINE_NOT_JSON']],
  );
  await port.ingest.contacts.flush();
  const node = (await listNodes(port.database.db, Date.now())).find(({ id }) => id === agent.id);
  assert.equal(node?.lossTotal, 1);
  assert.deepEqual(
    node.losses.map(({ stage, reason, count }) => [stage, reason, count]),
    [['ingest', 'LINE_NOT_JSON', 1]],
  );
  assert.equal(node.state, 'connected');
});

test('a node may not speak for an API server', async () => {
  const audit = {
    kind: 'api.requested',
    id: 'x',
    time: '2026-01-02T03:04:05Z',
    cluster: 'prod',
    provider: 'kubernetes',
    quality: {},
    request: { auditID: '1', stage: 'ResponseComplete', verb: 'get' },
  };
  const receipt = receiptOf(await send(JSON.stringify(audit)));
  assert.equal(receipt.rejected[0]?.code, 'KIND_NOT_ALLOWED');
});

test('the same batch again is answered as done and adds nothing; the same id of another agent is another batch', async () => {
  const wish = { id: 'same' };
  assert.equal(receiptOf(await send(events('a'), wish)).duplicate, false);
  const { lines } = port.eventLog.stats();
  assert.equal(receiptOf(await send(events('a'), wish)).duplicate, true);
  assert.equal(port.eventLog.stats().lines, lines);
  const other = await port.agent('node-2');
  assert.equal(receiptOf(await send(events('a'), { ...wish, tls: other.tls })).duplicate, false);
});

test('too large as sent: refused while it is read, announced or not', () =>
  nothingNew(async () => {
    const body = randomBytes(batchLimits.bodyBytes + 1);
    refused(await send(body, { lines: 1 }), 413, 'BODY_TOO_LARGE');
    assert.deepEqual(await sendChunked(batchLimits.bodyBytes * 3), [413, 'BODY_TOO_LARGE']);
    assert.equal((await send('', { lines: batchLimits.lines + 1 })).status, 413);
    receiptOf(await send(''.padEnd(10, ' '), { lines: 0 }));
  }));

/** A body whose length is not announced. */
function sendChunked(bytes: number): Promise<[number | undefined, string]> {
  const { promise, resolve, reject } = Promise.withResolvers<[number | undefined, string]>();
  const headers = { [batchHeaders.id]: 'chunked', [batchHeaders.lines]: '1' };
  const outgoing = httpsRequest(
    `${port.url}/v1/batches`,
    { method: 'POST', headers, ...agent.tls },
    (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve([answer.statusCode, JSON.parse(text).error.code]));
    },
  );
  outgoing.on('error', reject);
  for (let sent = 0; sent < bytes; sent += 65_536) outgoing.write(Buffer.alloc(65_536, 0x20));
  outgoing.end();
  return promise;
}

test('a zip bomb is stopped while it is inflated', () =>
  nothingNew(async () => {
    const bomb = Buffer.alloc(160 * 1024 * 1024, 0x20);
    const packed = { zstd: zstdCompressSync(bomb), gzip: gzipSync(bomb) };
    const before = process.memoryUsage().rss;
    for (const encoding of ['zstd', 'gzip'] as const) {
      assert.ok(packed[encoding].length < batchLimits.bodyBytes);
      refused(await send(packed[encoding], { encoding, lines: 1 }), 413, 'BODY_TOO_LARGE');
    }
    assert.ok(process.memoryUsage().rss - before < 150 * 1024 * 1024, 'memory stays bounded');
  }));

test('a cut body is refused: cut in its compression, or short of its lines', () =>
  nothingNew(async () => {
    const text = events(...Array.from({ length: 500 }, (_, n) => `${n}-${Math.random()}`));
    for (const [encoding, body] of [
      ['zstd', zstdCompressSync(text)],
      ['gzip', gzipSync(text)],
    ] as const)
      for (const part of [0.3, 0.99])
        refused(
          await send(body.subarray(0, Math.floor(body.length * part)), { encoding, lines: 500 }),
          400,
          'BODY_UNREADABLE',
        );
    refused(await send(randomBytes(1000), { encoding: 'zstd', lines: 1 }), 400, 'BODY_UNREADABLE');
    refused(await send(events('a', 'b'), { lines: 3 }), 400, 'BATCH_CUT');
    refused(await send(events('a', 'b'), { lines: 1 }), 400, 'BATCH_CUT');
    refused(await send('', { lines: 1 }), 400, 'BATCH_CUT');
  }));

test('unknown encodings, missing headers and unknown routes are named', async () => {
  for (const encoding of ['br', 'zstd, gzip', 'x'.repeat(100)])
    refused(await send(events('a'), { encoding }), 415, 'ENCODING_UNKNOWN');
  refused(await send(events('a'), { id: 'no spaces' }), 400, 'REQUEST_INVALID');
  refused(await port.call('/v1/batches', { tls: agent.tls, body: 'x' }), 400, 'REQUEST_INVALID');
  for (const path of ['/', '/v1/batches/', '/v1/audit/%zz', '/api/v1/alerts'])
    refused(await port.call(path, { tls: agent.tls }), 404, 'ROUTE_UNKNOWN');
});

test('one sender has a few bodies under way at the most', async () => {
  const slow = (): Promise<number | undefined> => {
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    const headers = { [batchHeaders.id]: 'slow', [batchHeaders.lines]: '1' };
    const outgoing = httpsRequest(
      `${port.url}/v1/batches`,
      { method: 'POST', headers, ...agent.tls },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    outgoing.on('error', reject);
    outgoing.write(' ');
    setTimeout(() => outgoing.end(), 500);
    return promise;
  };
  const statuses = await Promise.all([slow(), slow(), slow()]);
  assert.deepEqual(statuses.sort(), [400, 400, 429]);
});
