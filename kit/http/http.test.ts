// Bodies and requests stay within their bounds, over real sockets.
import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { KitError, type KitErrorCode } from '../errors.ts';
import { inflate } from './inflate.ts';
import { readBody } from './read-body.ts';
import { request } from './request.ts';

const hasCode = (code: KitErrorCode) => (error: unknown) => error instanceof KitError && error.code === code;

async function serve(t: TestContext, handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
}

test('inflates zstd, gzip and identity up to the limit', async () => {
  const text = Buffer.from('hello '.repeat(1000));
  for (const [encoding, body] of [
    ['zstd', zstdCompressSync(text)],
    ['gzip', gzipSync(text)],
    ['identity', text],
    [undefined, text],
  ] as const) {
    assert.deepEqual(await inflate(body, encoding, text.length), text);
    await assert.rejects(inflate(body, encoding, text.length - 1), hasCode('BODY_TOO_LARGE'));
  }
});

test('a bomb is refused before it takes memory', async () => {
  const bomb = zstdCompressSync(Buffer.alloc(512 << 20));
  const before = process.memoryUsage().rss;
  await assert.rejects(inflate(bomb, 'zstd', 1 << 20), hasCode('BODY_TOO_LARGE'));
  assert.ok(process.memoryUsage().rss - before < 64 << 20);
});

test('a cut body, one that is not what it says and an unknown encoding have codes', async () => {
  for (const [encoding, body] of [
    ['zstd', zstdCompressSync('hello')],
    ['gzip', gzipSync('hello')],
  ] as const) {
    await assert.rejects(inflate(body.subarray(0, -2), encoding, 100), hasCode('BODY_UNREADABLE'));
    await assert.rejects(inflate(Buffer.from('not compressed'), encoding, 100), hasCode('BODY_UNREADABLE'));
    await assert.rejects(inflate(Buffer.alloc(0), encoding, 100), hasCode('BODY_UNREADABLE'));
  }
  await assert.rejects(inflate(Buffer.alloc(1), 'br', 100), hasCode('ENCODING_UNKNOWN'));
});

test('a server reads a body up to its limit and can still answer', async (t) => {
  const url = await serve(t, async (incoming, outgoing) => {
    const size = await readBody(incoming, 1000).then(
      (body) => String(body.length),
      (error: KitError) => error.code,
    );
    outgoing.end(size);
  });
  const post = async (bytes: number) =>
    (await request({ method: 'POST', url, body: Buffer.alloc(bytes) })).body.toString();
  assert.equal(await post(1000), '1000');
  assert.equal(await post(1001), 'BODY_TOO_LARGE');
});

test('an answer comes back whole; one that is too long, too late or cut does not', async (t) => {
  const url = await serve(t, (incoming, outgoing) => {
    const path = new URL(incoming.url ?? '', 'http://x').searchParams.get('do');
    if (path === 'late') return;
    if (path === 'cut')
      outgoing.writeHead(200, { 'content-length': '100' }).write('x', () => outgoing.destroy());
    else outgoing.writeHead(503, { 'retry-after': '7' }).end('x'.repeat(500));
  });
  const answer = await request({ method: 'GET', url });
  assert.deepEqual([answer.status, answer.headers['retry-after'], answer.body.length], [503, '7', 500]);
  await assert.rejects(request({ method: 'GET', url, maxResponseBytes: 100 }), hasCode('BODY_TOO_LARGE'));
  await assert.rejects(
    request({ method: 'GET', url: `${url}?do=late`, timeoutMs: 50 }),
    hasCode('REQUEST_TIMEOUT'),
  );
  await assert.rejects(request({ method: 'GET', url: `${url}?do=cut` }), hasCode('REQUEST_FAILED'));
});

test('nobody there, and a signal', async () => {
  await assert.rejects(request({ method: 'GET', url: 'http://127.0.0.1:1/' }), hasCode('REQUEST_FAILED'));
  const signal = AbortSignal.abort(new Error('enough'));
  await assert.rejects(request({ method: 'GET', url: 'http://127.0.0.1:1/', signal }), /enough/);
});
