// Certificates over their life, against a real HTTPS hub with mutual TLS.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { AgentError } from '@yagura/agent';
import { sleep } from '@yagura/kit';
import { createBench, event, events } from './testing/bench.ts';

test('the certificate is renewed in time, with a new key, and events go on', async (t) => {
  const { hub, start, sender, arrived, settings } = await createBench(t);
  hub.lifeMs = 1500;
  await start().ready;
  const keyAt = () => JSON.parse(readFileSync(join(settings.data, 'identity.json'), 'utf8')).key;
  const firstKey = keyAt();
  for (let n = 0; n < 20; n++) {
    sender.send(event(n), 'process.started');
    await sleep(70);
  }
  await arrived(20);
  assert.ok(hub.calls.includes('/v1/renewals'));
  assert.equal(hub.calls.filter((path) => path === '/v1/registrations').length, 1);
  assert.ok(new Set(hub.batches.map(({ serial }) => serial)).size >= 2);
  assert.notEqual(keyAt(), firstKey);
  assert.deepEqual(hub.lines, events(0, 20));
});

test('a certificate that ran out while we were off: registers again, or says that a token is needed', async (t) => {
  const { hub, start, sender, arrived } = await createBench(t);
  hub.lifeMs = 1000;
  const first = start();
  await first.ready;
  await first.stop();
  await sleep(1100);
  hub.lifeMs = 3_600_000;
  let token: string | undefined;
  const warnings: string[] = [];
  const log = { info() {}, error() {}, warn: (_fields: object, text: string) => void warnings.push(text) };
  start({ readToken: () => token, log: log as never });
  sender.send(event(0), 'process.started');
  await sender.flush();
  await t.waitFor(() =>
    assert.match(warnings.join('\n'), /no registration token.*YAGURA_REGISTRATION_TOKEN/),
  );
  assert.deepEqual(hub.lines, []);
  token = hub.token;
  await arrived(1);
});

test('a certificate that the hub does not know any more leads to a new registration', async (t) => {
  const { hub, start, sender, arrived } = await createBench(t);
  await start().ready;
  sender.send(event(0), 'process.started');
  await arrived(1);
  const [known] = hub.batches;
  hub.refuse = ({ serial }) => (serial === known?.serial ? { status: 403 } : undefined);
  sender.send(event(1), 'process.started');
  await arrived(2);
  assert.equal(hub.calls.filter((path) => path === '/v1/registrations').length, 2);
});

test('a passing 403 is survived without a token', async (t) => {
  const { hub, start, sender, arrived } = await createBench(t);
  const first = start();
  await first.ready;
  await first.stop();
  let refusals = 0;
  hub.refuse = () => (++refusals <= 2 ? { status: 403 } : undefined);
  start({ readToken: () => undefined });
  sender.send(event(0), 'process.started');
  await arrived(1);
});

test('without certificate and token it does not begin, and says what is missing', async (t) => {
  const { start } = await createBench(t);
  await assert.rejects(
    start({ readToken: () => undefined }).ended,
    (error) =>
      error instanceof AgentError && error.code === 'TOKEN_MISSING' && error.mend.includes('--token-file'),
  );
});

test('a token that is refused is tried again, and the hub reason is told', async (t) => {
  const { hub, start, sender, arrived } = await createBench(t);
  let token = 'the-wrong-registration-token';
  const warnings: string[] = [];
  const log = { info() {}, error() {}, warn: (_fields: object, text: string) => void warnings.push(text) };
  start({ readToken: () => token, log: log as never });
  sender.send(event(0), 'process.started');
  await t.waitFor(() => assert.match(warnings.join('\n'), /TOKEN_REFUSED: unknown token/));
  assert.doesNotMatch(warnings.join('\n'), /the-wrong/);
  token = hub.token;
  await arrived(1);
});
