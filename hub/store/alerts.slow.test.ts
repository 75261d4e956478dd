// Recording alerts in a real PostgreSQL: each event counts once, and what people judged stays judged.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { draft } from '../testing/draft.ts';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { getAlert } from './alert-list.ts';
import { closeAlert, reopenAlert } from './alert-status.ts';
import { recordAlerts } from './alerts.ts';

let fixture: TestDatabase;
before(async () => {
  fixture = await startTestDatabase();
});
after(async () => {
  await fixture[Symbol.asyncDispose]();
});

const record = (id: string, ...eventIds: string[]) =>
  recordAlerts(
    fixture.db,
    eventIds.map((eventId) => ({ alert: draft({ id }), eventId })),
  );
const close = (id: string, reason: 'resolved' | 'benign') =>
  closeAlert(fixture.db, id, { reason, comment: 'seen', by: 'ann' });

test('a new alert is raised with the number of distinct events of its block', async () => {
  const [change, ...rest] = await record('a', 'e1', 'e2', 'e2', 'e3');
  assert.equal(rest.length, 0);
  assert.equal(change?.kind, 'raised');
  assert.equal(change.alert.count, 3);
  assert.equal(change.alert.firstSeenAt, '2026-01-02T03:04:05.123456Z');
  assert.deepEqual(change.alert.entities, draft().entities);
});

test('a replay changes nothing and reports nothing', async () => {
  await record('b', 'e1', 'e2');
  assert.deepEqual(await record('b', 'e2', 'e1'), []);
  const [change] = await record('b', 'e2', 'e4');
  assert.equal(change?.kind, 'counted');
  assert.equal(change.alert.count, 3);
});

test('one block may hold many alerts, and the same event may fire several', async () => {
  const changes = await recordAlerts(
    fixture.db,
    Array.from({ length: 500 }, (_, n) => ({ alert: draft({ id: `many-${n % 100}` }), eventId: `e${n}` })),
  );
  assert.equal(changes.length, 100);
  assert.ok(changes.every(({ alert }) => alert.count === 5));
  const numbers = changes.map(({ change }) => change);
  assert.deepEqual(
    numbers,
    [...numbers].sort((a, b) => a - b),
  );
});

test('two recorders at once do not count twice', async () => {
  await Promise.all(Array.from({ length: 8 }, () => record('race', 'e1', 'e2', 'e3')));
  assert.equal((await getAlert(fixture.db, 'race'))?.count, 3);
});

test('the time of an alert spans all its events, whatever their order', async () => {
  const at = (time: string) => draft({ id: 'span', firstSeenAt: time, lastSeenAt: time });
  await recordAlerts(fixture.db, [
    { alert: at('2026-01-02T00:00:02Z'), eventId: 'e2' },
    { alert: at('2026-01-02T00:00:01Z'), eventId: 'e1' },
  ]);
  await recordAlerts(fixture.db, [{ alert: at('2026-01-02T00:00:09Z'), eventId: 'e9' }]);
  const alert = await getAlert(fixture.db, 'span');
  assert.equal(alert?.firstSeenAt, '2026-01-02T00:00:01Z');
  assert.equal(alert.lastSeenAt, '2026-01-02T00:00:09Z');
});

test('a resolved alert is opened again by a new event, a judged one counts on closed', async () => {
  await record('resolved', 'e1');
  await record('benign', 'e1');
  await close('resolved', 'resolved');
  await close('benign', 'benign');
  const [reopened] = await record('resolved', 'e2');
  const [counted] = await record('benign', 'e2');
  assert.equal(reopened?.kind, 'reopened');
  assert.equal(reopened.alert.closeReason, undefined);
  assert.equal(reopened.alert.closedBy, undefined);
  assert.equal(counted?.kind, 'counted');
  assert.equal(counted.alert.status, 'closed');
  assert.equal(counted.alert.closeReason, 'benign');
  assert.equal(counted.alert.count, 2);
});

test('closing and opening keep who did it and why', async () => {
  await record('close', 'e1');
  const closed = await close('close', 'benign');
  assert.equal(closed?.status, 'closed');
  assert.equal(closed.closedBy, 'ann');
  assert.equal(closed.closeComment, 'seen');
  assert.equal((await reopenAlert(fixture.db, 'close'))?.status, 'open');
  assert.equal(await close('nothing', 'benign'), undefined);
});

test('what an attacker puts into an event cannot stop the block', async () => {
  const hostile = `a${String.fromCharCode(0)}b\uD800c`;
  const [change] = await recordAlerts(fixture.db, [
    {
      alert: draft({
        id: 'hostile',
        message: hostile,
        entities: { cluster: hostile, process: hostile },
        event: { args: [hostile] },
        firstSeenAt: 'yesterday',
        lastSeenAt: '9999-99-99T00:00:00Z',
      }),
      eventId: hostile,
    },
  ]);
  assert.equal(change?.alert.message, 'a\uFFFDb\uFFFDc');
  assert.deepEqual((await getAlert(fixture.db, 'hostile'))?.event, { args: [hostile] });
});
