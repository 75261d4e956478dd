// Requests through a tunnel: whole answers, ends in the middle, bounds, and tunnels that take each other's place.
import assert from 'node:assert/strict';
import {
  type OutgoingHttpHeaders,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { duplexPair } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { tunnelWholeTrailer } from '@yagura/contracts';
import { createLogger, createMetrics } from '@yagura/kit';
import { carry } from './carry.ts';
import { createTunnels, type Tunnels } from './tunnels.ts';

type Answerer = (stream: ServerHttp2Stream, headers: Record<string, unknown>) => void;

function start(t: TestContext): { tunnels: Tunnels; agent: (answer: Answerer) => ServerHttp2Session } {
  const log = createLogger({ name: 'test', level: 'silent' });
  const tunnels = createTunnels({ log, metrics: createMetrics('test') });
  t.after(() => tunnels[Symbol.asyncDispose]());
  return {
    tunnels,
    agent(answer) {
      const [near, far] = duplexPair();
      const session = performServerHandshake(far, { settings: { maxConcurrentStreams: 200 } });
      session.on('error', () => {});
      session.on('stream', (stream, headers) => {
        stream.on('error', () => {});
        answer(stream, headers);
      });
      tunnels.adopt('prod', near);
      return session;
    },
  };
}

function respond(stream: ServerHttp2Stream, headers: OutgoingHttpHeaders, text: string): void {
  stream.respond(headers, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ [tunnelWholeTrailer]: '1' }));
  stream.end(text);
  stream.resume();
}

const ask = (tunnels: Tunnels, over: { signal?: AbortSignal; body?: string; headers?: Headers } = {}) =>
  carry(tunnels, {
    ...{ cluster: 'prod', method: 'GET', path: '/api?x=1', role: 'yagura-reader', actor: 'me\r\nx' },
    headers: over.headers ?? new Headers(),
    body: Buffer.from(over.body ?? ''),
    signal: over.signal ?? new AbortController().signal,
  });

test('what the API server needs goes in, what the asker may see comes back, and nothing else', async (t) => {
  const { tunnels, agent } = start(t);
  let got: Record<string, unknown> = {};
  agent((stream, headers) => {
    got = headers;
    respond(
      stream,
      { ':status': 200, 'content-type': 'text/plain', 'set-cookie': 'a=b', 'audit-id': '7' },
      'x'.repeat(300_000),
    );
  });
  const headers = new Headers({
    accept: 'a/b',
    authorization: 'Bearer s',
    cookie: 'c',
    'x-remote-user': 'u',
  });
  const answer = await ask(tunnels, { headers });
  assert.equal((await answer.text()).length, 300_000);
  assert.deepEqual([...answer.headers.keys()].sort(), ['audit-id', 'cache-control', 'content-type']);
  const names = Object.keys(got).filter((name) => !name.startsWith(':'));
  assert.deepEqual(names.sort(), ['accept', 'user-agent', 'yagura-role']);
  assert.equal(got['user-agent'], 'yagura-hub (me__x)');
});

test('an answer that has ended before anyone looks is whole all the same', async (t) => {
  const { tunnels, agent } = start(t);
  agent((stream) => {
    respond(stream, { ':status': 403 }, 'no');
  });
  for (let n = 0; n < 20; n++) {
    const answer = await ask(tunnels, { body: 'ignored' });
    assert.equal(`${answer.status} ${await answer.text()}`, '403 no');
  }
});

test('no tunnel, one that breaks before the answer, and one that breaks in it', async (t) => {
  const { tunnels, agent } = start(t);
  assert.match(await (await ask(tunnels)).text(), /no tunnel to cluster prod/);
  const first = agent(() => first.destroy());
  const broken = await ask(tunnels);
  assert.equal(broken.status, 503);
  assert.match(await broken.text(), /broke before an answer/);
  await t.waitFor(() => assert.ok(!tunnels.isOpen('prod')));
  const second = agent((stream) => {
    stream.respond({ ':status': 200 });
    stream.write('half', () => second.destroy());
  });
  await assert.rejects((await ask(tunnels)).text());
});

test('as many requests as a tunnel may carry, then 429; who goes away makes room', async (t) => {
  const { tunnels, agent } = start(t);
  let closed = 0;
  agent((stream) => {
    stream.respond({ ':status': 200 });
    stream.write('watching');
    stream.once('close', () => {
      closed += 1;
    });
  });
  const stop = new AbortController();
  const watches = await Promise.all(Array.from({ length: 100 }, () => ask(tunnels, { signal: stop.signal })));
  assert.ok(watches.every(({ status }) => status === 200));
  assert.equal((await ask(tunnels)).status, 429);
  stop.abort();
  await t.waitFor(() => assert.equal(closed, 100));
  await t.waitFor(async () => assert.equal((await ask(tunnels)).status, 200));
});

test('the newer tunnel of a cluster takes over', async (t) => {
  const { tunnels, agent } = start(t);
  const answering =
    (text: string): Answerer =>
    (stream) => {
      respond(stream, { ':status': 200 }, text);
    };
  agent(answering('old'));
  agent(answering('new'));
  assert.equal(await (await ask(tunnels)).text(), 'new');
  assert.ok(tunnels.isOpen('prod'));
});
