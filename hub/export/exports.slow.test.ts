// Export against a real PostgreSQL and real receivers that fail, dawdle, refuse and go away.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewDestination } from '@yagura/contracts';
import { createMetrics, systemClock } from '@yagura/kit';
import { closeAlert, reopenAlert } from '../store/alert-status.ts';
import { recordAlerts } from '../store/alerts.ts';
import { listDeadLetters } from '../store/destinations.ts';
import { createSuppression } from '../store/suppressions.ts';
import { draft } from '../testing/draft.ts';
import { silent } from '../testing/test-agents-port.ts';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { openSecretBox } from './secret-box.ts';
import { type Exports, startExports } from './start-exports.ts';

let fixture: TestDatabase;
before(async () => {
  fixture = await startTestDatabase();
});
after(() => fixture[Symbol.asyncDispose]());

const metrics = () => createMetrics('test');
const start = async (): Promise<Exports> =>
  startExports({
    ...{
      db: fixture.db,
      clock: systemClock,
      log: silent,
      metrics: metrics(),
      folder: `${fixture.folder}/exports`,
    },
    box: await openSecretBox(`${fixture.folder}/export-key`),
    product: { version: '0.1.0', workspace: 'w', consoleUrl: undefined },
    backoff: { minMs: 5, maxMs: 40 },
  });

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
interface Receiver {
  readonly url: string;
  readonly received: Received[];
  readonly ids: () => string[];
}

/** Answers each request as told; `undefined` is 200. */
async function receiver(
  t: TestContext,
  answer: (count: number, response: ServerResponse) => unknown = () => undefined,
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    const status = await answer(received.length, response);
    if (status === 'silence') return;
    response.writeHead(typeof status === 'number' ? status : 200).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?token=very-secret`;
  return { url, received, ids: () => received.map(({ body }) => JSON.parse(body).alert.id) };
}

const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds()) return;
    await sleep(25);
  }
  assert.fail(`never: ${what}`);
};

let names = 0;
const wish = (url: string, over: Partial<NewDestination> = {}): NewDestination => {
  names += 1;
  return { name: `d-${names}`, type: 'webhook', url, ...over };
};
const raise = async (exports: Exports, prefix: string, count: number, severity: 'high' | 'low' = 'high') => {
  const events = Array.from({ length: count }, (_, n) => `${prefix}-${n}`);
  for (const id of events)
    await recordAlerts(fixture.db, [{ alert: draft({ id, rule: prefix, severity }), eventId: 'e1' }]);
  exports.ring();
  return events;
};
const only = (rule: string) => ({ filter: { rules: [rule] } });

test('each alert arrives once, in order, signed, and no secret is shown', async (t) => {
  await using exports = await start();
  const hook = await receiver(t);
  const made = await exports.create(wish(hook.url, { signingKey: 'k', ...only('plain') }), 'ann');
  assert.equal(made.target, new URL(hook.url).origin);
  const ids = await raise(exports, 'plain', 5);
  await until('five arrive', () => hook.received.length >= 5);
  assert.deepEqual(hook.ids(), ids);
  const [first] = hook.received;
  const [, seconds = '', mac = ''] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(first?.headers['x-yagura-signature'])) ?? [];
  assert.equal(mac, createHmac('sha256', 'k').update(`${seconds}.${first?.body}`).digest('hex'));
  assert.ok(Math.abs(Date.now() / 1000 - Number(seconds)) < 60);
  assert.equal(first?.headers['idempotency-key'], 'plain-0.1');
  await until(
    'it is counted',
    async () => (await exports.list()).find(({ id }) => id === made.id)?.delivered === 5,
  );
  assert.doesNotMatch(JSON.stringify(await exports.list()), /very-secret/);
  const row = await fixture.db.selectFrom('export_destinations').selectAll().execute();
  assert.doesNotMatch(JSON.stringify(row), /very-secret|"k"/);
});

test('errors of the world are waited out, in order and with Retry-After', async (t) => {
  await using exports = await start();
  const times: number[] = [];
  const hook = await receiver(t, (count, response) => {
    times.push(performance.now());
    if (count === 3) response.setHeader('retry-after', '1');
    return [500, 503, 429, 408][count - 1] ?? 200;
  });
  await exports.create(wish(hook.url, only('flaky')), 'ann');
  const ids = await raise(exports, 'flaky', 3);
  await until('all arrive', () => hook.received.length >= 7);
  assert.deepEqual(hook.ids(), [ids[0], ids[0], ids[0], ids[0], ...ids]);
  assert.equal(new Set(hook.received.slice(0, 5).map(({ headers }) => headers['idempotency-key'])).size, 1);
  assert.ok((times[3] ?? 0) - (times[2] ?? 0) >= 950, 'it waited as long as it was asked');
});

test('a refusal is a dead letter with its reason, and can be sent again with its key', async (t) => {
  await using exports = await start();
  const hook = await receiver(t, (count) => (count === 1 ? 422 : count === 2 ? 302 : 200));
  const { name } = await exports.create(wish(hook.url, only('refused')), 'ann');
  const ids = await raise(exports, 'refused', 3);
  await until('the third arrives', () => hook.received.length >= 3);
  await until(
    'two are dead',
    async () => (await listDeadLetters(fixture.db, { destination: name })).length === 2,
  );
  const letters = await listDeadLetters(fixture.db, { destination: name });
  assert.match(letters[1]?.reason ?? '', /answered 422/);
  assert.match(letters[0]?.reason ?? '', /redirects are not followed/);
  assert.equal(await exports.retry(name), 2);
  await until('they arrive', () => hook.received.length >= 5);
  assert.deepEqual(hook.ids().slice(3), ids.slice(0, 2));
  assert.equal(hook.received[3]?.headers['idempotency-key'], hook.received[0]?.headers['idempotency-key']);
});

test('one that refuses is shown as failing until something gets through', async (t) => {
  const hook = await receiver(t, (count) => (count === 1 ? 400 : 200));
  const destination = wish(hook.url, only('refusing'));
  const { name } = destination;
  const shownBy = async (each: Exports) => (await each.list()).find((one) => one.name === name);
  {
    await using first = await start();
    await first.create(destination, 'ann');
    await raise(first, 'refusing', 1);
    await until('it is failing', async () => (await shownBy(first))?.healthy === false);
  }
  await using exports = await start();
  const shown = () => shownBy(exports);
  assert.match((await shown())?.problem ?? '', /answered 400/, 'a restart does not make it look healthy');
  assert.equal(exports.finding().healthy, false);
  await exports.retry(name);
  await until('it is healthy again', async () => (await shown())?.healthy === true);
});

test('one that is away is shown as failing after a restart too, and dead letters can be thrown away', async (t) => {
  const hook = await receiver(t, (count) => (count === 1 ? 422 : 503));
  const { name } = wish(hook.url);
  {
    await using first = await start();
    await first.create({ ...wish(hook.url, only('away')), name }, 'ann');
    await raise(first, 'away', 2);
    await until('one was tried', () => hook.received.length > 2);
  }
  await using second = await start();
  const shown = async () => (await second.list()).find((one) => one.name === name);
  assert.match((await shown())?.problem ?? '', /answered 503/);
  assert.equal(await second.discard(name), 1);
  assert.equal((await shown())?.deadLetters, 0);
});

test('what waited for a day is given up, and not what came after it in the same batch', async () => {
  await using exports = await start();
  const { name } = wish('');
  const made = await exports.create(
    { name, type: 'syslog', host: '127.0.0.1', protocol: 'tcp', port: 1, ...only('aged') },
    'ann',
  );
  const ids = await raise(exports, 'aged', 3);
  const shown = async () => (await exports.list()).find((one) => one.name === name);
  const messages = fixture.db
    .selectFrom('export_messages')
    .select('attempts')
    .where('destination', '=', made.id);
  await until(
    'all are tried',
    async () => (await messages.execute()).filter(({ attempts }) => attempts > 0).length === 3,
  );
  await fixture.db
    .updateTable('export_messages')
    .set({ created_at: new Date(Date.now() - 2 * 86_400_000).toISOString() })
    .where('destination', '=', made.id)
    .where('alert_id', '=', ids[0] ?? '')
    .execute();
  await until('one is given up', async () => (await shown())?.deadLetters === 1);
  assert.equal((await shown())?.waiting, 2);
  await exports.remove(name);
});

test('one that does not answer holds up nobody, and its outbox is bounded', async (t) => {
  await using exports = await start();
  const slow = await receiver(t, () => 'silence');
  const quick = await receiver(t);
  const stuck = await exports.create(wish(slow.url, only('crowd')), 'ann');
  await exports.create(wish(quick.url, only('crowd')), 'ann');
  await raise(exports, 'crowd', 130);
  await until('all arrive at the quick one', () => quick.received.length >= 130);
  // On a busy machine it may have been asked again by now: for the same one, as nothing overtakes it.
  assert.equal(new Set(slow.ids()).size, 1);
  const shown = (await exports.list()).find(({ id }) => id === stuck.id);
  assert.equal(shown?.waiting, 130);
  assert.ok(shown.lagMs > 0);
  const pending = await fixture.db
    .selectFrom('export_messages')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('destination', '=', stuck.id)
    .executeTakeFirst();
  assert.ok((pending?.n ?? 0) <= 100, `${pending?.n} in the outbox`);
});

test('after an end in the middle nothing is lost, and what comes twice has one key', async (t) => {
  const hook = await receiver(t, (count) => (count === 2 ? 'silence' : 200));
  {
    await using first = await start();
    await first.create(wish(hook.url, only('restart')), 'ann');
    await raise(first, 'restart', 4);
    await until('the second is under way', () => hook.received.length === 2);
  }
  // Meanwhile the alert goes on: what was under way is sent as it was.
  await closeAlert(fixture.db, 'restart-1', { reason: 'resolved', by: 'ann' });
  await using _second = await start();
  await until('all arrive', () => hook.received.length >= 6);
  const keys = hook.received.map(({ headers }) => headers['idempotency-key']);
  assert.deepEqual(keys, [
    'restart-0.1',
    'restart-1.1',
    'restart-1.1',
    'restart-2.1',
    'restart-3.1',
    'restart-1.2',
  ]);
  assert.equal(hook.received[1]?.body, hook.received[2]?.body);
  assert.equal(hook.received[5]?.headers['x-yagura-change'], 'closed');
});

test('closing and opening are told, counting only where it is asked for, and suppressed alerts never', async (t) => {
  await using exports = await start();
  const [plain, counting] = [await receiver(t), await receiver(t)];
  await exports.create(wish(plain.url, only('story-*')), 'ann');
  const changes = { filter: { rules: ['story-*'], changes: ['counted' as const], countEveryMinutes: 1 } };
  await exports.create(wish(counting.url, changes), 'ann');
  const record = (rule: string, eventId: string) =>
    recordAlerts(fixture.db, [{ alert: draft({ id: rule, rule, severity: 'high' }), eventId }]).then(() =>
      exports.ring(),
    );
  const told = () => plain.received.map(({ headers }) => headers['x-yagura-change']);
  await createSuppression(fixture.db, {
    ...{ match: { rule: 'story-hidden' }, owner: 'a', reason: 'r', createdBy: 'a' },
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
  });
  await record('story-hidden', 'e1');
  await record('story-a', 'e1');
  await until('raised', () => told().length === 1);
  await record('story-a', 'e2');
  await closeAlert(fixture.db, 'story-a', { reason: 'benign', by: 'ann' });
  await until('closed', () => told().length === 2);
  await reopenAlert(fixture.db, 'story-a');
  await until('open again', () => told().length === 3);
  assert.deepEqual(told(), ['raised', 'closed', 'reopened']);
  assert.deepEqual(counting.received, [], 'not before its minute is over');
});

test('what cannot be a destination is refused with a reason', async () => {
  await using exports = await start();
  const refused = (over: Partial<NewDestination>, reason: RegExp) =>
    assert.rejects(exports.create({ name: 'x', type: 'webhook', ...over }, 'ann'), reason);
  await refused({}, /url: webhook needs it/);
  await refused({ url: 'file:///etc/passwd' }, /must be https/);
  await refused({ url: 'http://169.254.169.254/latest' }, /link-local/);
  await refused({ url: 'http://[::ffff:169.254.169.254]/' }, /link-local/);
  await refused({ url: 'http://a:b@example.com/' }, /no user and password/);
  await refused({ url: 'https://example.com', format: 'cef' }, /webhook takes json, ocsf/);
  await refused({ url: 'https://example.com', host: 'x' }, /host: not for webhook/);
  await refused({ type: 'syslog', host: 'x', protocol: 'udp', format: 'ocsf' }, /datagram/);
});
