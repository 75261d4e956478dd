// A log that is full, and a database that is away: senders are told to come again, and nothing is lost.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { batchHeaders } from '@yagura/contracts';
import { codeOf, startTestAgentsPort } from '../testing/test-agents-port.ts';
import { processEvent } from './testing.ts';

const body = (bytes: number): string =>
  `${JSON.stringify({ ...processEvent('e'), node: randomBytes(50).toString('hex'), padding: randomBytes(bytes / 2).toString('hex') })}\n`;
const headers = (id: string): Record<string, string> => ({
  [batchHeaders.id]: id,
  [batchHeaders.lines]: '1',
});

test('a full event log answers 503 with Retry-After, and takes the batch once there is room', async () => {
  await using port = await startTestAgentsPort({ logBytes: 100_000 });
  const { tls } = await port.agent('node-1');
  const send = (id: string) => port.call('/v1/batches', { tls, body: body(60_000), headers: headers(id) });
  assert.equal((await send('a')).status, 200);
  const full = await send('b');
  assert.equal(full.status, 503);
  assert.equal(codeOf(full), 'LOG_FULL');
  assert.ok(Number(full.headers['retry-after']) > 0);
  const [block] = port.eventLog.read({ maxBlocks: 1, maxBytes: 1 });
  port.eventLog.remove(block?.seq ?? 0);
  assert.equal((await send('b')).status, 200);
});

test('while PostgreSQL is away, known agents go on and strangers are told to wait', async () => {
  await using port = await startTestAgentsPort();
  const [known, unseen] = [await port.agent('known'), await port.agent('unseen')];
  const send = (id: string, tls = known.tls) =>
    port.call('/v1/batches', { tls, body: body(100), headers: headers(id) });
  assert.equal((await send('a')).status, 200);
  await port.database.server[Symbol.asyncDispose]();
  await sleep(2_100);
  assert.equal((await send('b')).status, 200);
  const waits = await send('c', unseen.tls);
  assert.equal(waits.status, 503);
  assert.equal(codeOf(waits), 'UNAVAILABLE');
  assert.ok(waits.headers['retry-after']);
  assert.equal(port.eventLog.stats().lines, 2);
});
