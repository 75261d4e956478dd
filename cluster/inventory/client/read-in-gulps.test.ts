// An answer that comes in drips, over a real connection: whole, in few pieces, and with an error where it is cut.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gulpsWatermark, readInGulps } from './read-in-gulps.ts';

async function answerOf(
  t: TestContext,
  write: (response: ServerResponse) => Promise<void>,
): Promise<IncomingMessage> {
  const server = createServer((_, response) => void write(response)).listen(0, '127.0.0.1');
  const agent = new Agent({ ...gulpsWatermark, keepAlive: false });
  t.after(() => {
    agent.destroy();
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [answer] = await once(get({ host: '127.0.0.1', port, agent }), 'response');
  return answer as IncomingMessage;
}

async function drip(response: ServerResponse, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    response.write(`${n}\n`);
    await sleep(2);
  }
}

const { signal } = new AbortController();

test('what comes in drips is read in gulps, and nothing of it is missing', async (t) => {
  const answer = await answerOf(t, async (response) => {
    await drip(response, 100);
    response.end('end');
  });
  const gulps: string[] = [];
  for await (const gulp of readInGulps(answer, { restMs: 100, signal })) gulps.push(gulp.toString());
  assert.equal(gulps.join(''), `${Array.from({ length: 100 }, (_, n) => `${n}\n`).join('')}end`);
  assert.ok(gulps.length <= 50, `${gulps.length} gulps`);
});

test('what is large comes whole', async (t) => {
  const size = 8 * 1024 * 1024;
  const answer = await answerOf(t, async (response) => void response.end(Buffer.alloc(size)));
  let sizeBytes = 0;
  for await (const gulp of readInGulps(answer, { restMs: 0, signal })) sizeBytes += gulp.length;
  assert.equal(sizeBytes, size);
});

test('an answer that is cut gives what came, and then an error', async (t) => {
  const answer = await answerOf(t, async (response) => {
    await drip(response, 3);
    response.destroy();
  });
  let text = '';
  await assert.rejects(async () => {
    for await (const gulp of readInGulps(answer, { restMs: 10, signal })) text += gulp.toString();
  });
  assert.equal(text, '0\n1\n2\n');
});

test('a signal ends the rest, and who stops reading closes the connection', async (t) => {
  const answer = await answerOf(t, (response) => drip(response, 1));
  const abort = new AbortController();
  const reading = readInGulps(answer, { restMs: 3_600_000, signal: abort.signal });
  assert.equal((await reading.next()).value?.toString(), '0\n');
  const next = reading.next();
  abort.abort(new Error('enough'));
  await assert.rejects(next, /enough/);
  assert.equal(answer.destroyed, true);
});
