// Tests of the hub client against a real HTTP server: errors, streams that break, and whose token goes where.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { closeAlert, listAlerts } from '@yagura/contracts';
import { CliError } from '../errors.ts';
import { silentTerminal } from '../terminal/terminal.ts';
import { createHubClient } from './hub-client.ts';
import { locateHub } from './locate-hub.ts';
import { readServerSentEvents } from './server-sent-events.ts';
import { watchAlerts } from './watch-alerts.ts';

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const clientOf = (url: string) =>
  createHubClient({ url, token: 'token-of-test' }, new AbortController().signal);

test('a call carries token, query, path and body, and gives the answer', async (t) => {
  const seen: string[] = [];
  const url = await serve(t, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
    response.setHeader('content-type', 'application/json').end('{"items":[],"total":0}');
  });
  const page = await clientOf(url).call(listAlerts, { query: { severity: 'high', limit: 5 } });
  assert.deepEqual(page, { items: [], total: 0 });
  await clientOf(url).call(closeAlert, { params: { id: 'a/b' }, body: { reason: 'test' } });
  assert.deepEqual(seen, [
    'GET /api/v1/alerts?severity=high&limit=5 Bearer token-of-test ',
    'POST /api/v1/alerts/a%2Fb/close Bearer token-of-test {"reason":"test"}',
  ]);
});

test("a refusal gives the hub's own words, silence says where nobody answers", async (t) => {
  const body = { error: { code: 'FORBIDDEN', message: 'not for viewers', mend: 'ask an administrator' } };
  const url = await serve(t, (_, response) => response.writeHead(403).end(JSON.stringify(body)));
  await assert.rejects(clientOf(url).call(listAlerts), (error) => {
    assert.ok(error instanceof CliError);
    assert.deepEqual(
      [error.code, error.message, error.mend],
      ['HUB_REFUSED', '403 FORBIDDEN not for viewers', 'ask an administrator'],
    );
    return true;
  });
  await assert.rejects(clientOf('http://127.0.0.1:1').call(listAlerts), { code: 'HUB_UNREACHABLE' });
});

test('server-sent events are read whatever the chunks', async () => {
  const text =
    ': hello\n\nevent: alert\ndata: {"a":\ndata: 1}\nid: 7\n\r\ndata:x\r\n\r\nevent: none\n\ndata: cut';
  for (const size of [1, 2, 3, 100]) {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    const events: unknown[] = [];
    for await (const event of readServerSentEvents(chunks())) events.push(event);
    assert.deepEqual(events, [
      { event: 'alert', data: '{"a":\n1}', id: '7' },
      { event: 'message', data: 'x' },
    ]);
  }
});

const alert = (id: string, count: number) => ({ id, count, lastSeenAt: `2026-05-01T10:00:0${count}Z` });
const sse = (value: object): string => `event: alert\ndata: ${JSON.stringify(value)}\n\n`;

test('a watch that breaks connects again, catches up, and repeats nothing', async (t) => {
  let connections = 0;
  const asked: string[] = [];
  const answerStream = (response: ServerResponse): void => {
    connections += 1;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (connections === 1) response.write(sse(alert('one', 1)), () => response.destroy());
    else response.write(sse(alert('three', 3)));
  };
  const url = await serve(t, (request: IncomingMessage, response) => {
    asked.push(request.url ?? '');
    if (request.url?.startsWith('/api/v1/alert-stream')) return answerStream(response);
    const items = request.url?.includes('since=') ? [alert('two', 2), alert('one', 1)] : [];
    response.end(JSON.stringify({ items, total: items.length }));
  });
  const stop = new AbortController();
  const breaks: string[] = [];
  const ids: string[] = [];
  const watch = watchAlerts({
    client: clientOf(url),
    signal: stop.signal,
    suppressed: 'all',
    onBreak: (error) => breaks.push(error.message),
  });
  for await (const { id } of watch) {
    ids.push(id);
    if (ids.length === 3) stop.abort();
  }
  assert.deepEqual(ids, ['one', 'two', 'three']);
  assert.equal(breaks.length, 1);
  assert.deepEqual(
    asked.filter((address) => !address.includes('suppressed=all')),
    ['/api/v1/alerts?limit=1'],
  );
});

test('a watch on a hub that is not there, or refuses, ends at once', async (t) => {
  const url = await serve(t, (_, response) => response.writeHead(401).end());
  const { signal } = new AbortController();
  const first = (address: string) =>
    watchAlerts({ client: clientOf(address), signal })
      [Symbol.asyncIterator]()
      .next();
  await assert.rejects(first(url), { code: 'HUB_REFUSED' });
  await assert.rejects(first('http://127.0.0.1:1'), { code: 'HUB_UNREACHABLE' });
});

test("the local hub's token never goes to another address", async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'yagura-hub-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  mkdirSync(join(data, 'run'));
  writeFileSync(join(data, 'run', 'cli.json'), '{"url":"http://127.0.0.1:7080/","token":"local"}');
  writeFileSync(join(data, 'token'), 'named\n');
  const locate = (options: object, env = {}) => locateHub({ data, ...options }, { ...silentTerminal, env });
  assert.deepEqual(await locate({}), { url: 'http://127.0.0.1:7080', token: 'local' });
  await assert.rejects(locate({ url: 'https://elsewhere' }), { code: 'HUB_UNKNOWN' });
  const named = { url: 'https://elsewhere', tokenFile: join(data, 'token') };
  assert.deepEqual(await locate(named), { url: 'https://elsewhere', token: 'named' });
  assert.deepEqual(await locate({}, { YAGURA_URL: 'https://env', YAGURA_TOKEN: 'env' }), {
    url: 'https://env',
    token: 'env',
  });
  await assert.rejects(locate({ data: '/nonexistent' }), { code: 'HUB_UNKNOWN' });
});
