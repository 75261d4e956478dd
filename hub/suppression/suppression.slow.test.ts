// Suppressions against a real PostgreSQL: what is hidden, what comes back, and that hits count each event once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SuppressedChoice, SuppressionMatch } from '@yagura/contracts';
import { sql } from 'kysely';
import { listAlerts } from '../store/alert-list.ts';
import { recordAlerts } from '../store/alerts.ts';
import { createSuppression, endSuppression, listSuppressions } from '../store/suppressions.ts';
import { draft } from '../testing/draft.ts';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { previewMatch } from './preview-match.ts';

let fixture: TestDatabase;
before(async () => {
  fixture = await startTestDatabase();
});
after(async () => {
  await fixture[Symbol.asyncDispose]();
});

const inADay = () => new Date(Date.now() + 86_400_000).toISOString();
const suppress = (match: SuppressionMatch) =>
  createSuppression(fixture.db, {
    ...{ match, owner: 'ann', reason: 'nightly backup', createdBy: 'ann', expiresAt: inADay() },
  });
const record = (id: string, event: string, pod = 'web-1') =>
  recordAlerts(fixture.db, [
    { alert: draft({ id, rule: `rule-${id}`, entities: { cluster: 'kind', pod } }), eventId: event },
  ]);
const ids = async (rule: string, suppressed?: SuppressedChoice) =>
  (await listAlerts(fixture.db, { rule, ...(suppressed ? { suppressed } : {}) })).items.map(({ id }) => id);
const hitsOf = async (id: string) => (await listSuppressions(fixture.db)).find((one) => one.id === id)?.hits;

test('a matching alert is kept but hidden, and its events are counted once', async () => {
  const { id } = await suppress({ rule: 'rule-a', workload: 'web-*' });
  const [change] = await record('a', 'e1');
  assert.equal(change?.alert.suppressedBy, id);
  await record('a', 'e1');
  await record('a', 'e2');
  assert.deepEqual(await ids('rule-a'), []);
  assert.deepEqual(await ids('rule-a', 'true'), ['a']);
  assert.deepEqual(await ids('rule-a', 'all'), ['a']);
  assert.equal(await hitsOf(id), 2);
});

test('after its end the next occurrence opens the alert again', async () => {
  const { id } = await suppress({ rule: 'rule-b' });
  await record('b', 'e1');
  assert.ok(await endSuppression(fixture.db, id, 'ann'));
  assert.ok(!(await endSuppression(fixture.db, id, 'ann')));
  assert.deepEqual(await ids('rule-b'), []);
  const [change] = await record('b', 'e2');
  assert.equal(change?.kind, 'reopened');
  assert.deepEqual(await ids('rule-b'), ['b']);
});

test('it ends by itself when its time has come', async () => {
  const { id } = await suppress({ rule: 'rule-c' });
  await sql`UPDATE suppressions SET expires_at = clock_timestamp() - interval '1 second' WHERE id = ${id}`.execute(
    fixture.db,
  );
  const [change] = await record('c', 'e1');
  assert.equal(change?.alert.suppressedBy, undefined);
  assert.equal((await listSuppressions(fixture.db)).find((one) => one.id === id)?.state, 'expired');
});

test('an alert in view is not hidden by a repeat that matches where its first event does not', async () => {
  await record('d', 'e1', 'stranger');
  await suppress({ rule: 'rule-d', workload: 'web-1' });
  const [change] = await record('d', 'e2', 'web-1');
  assert.equal(change?.alert.suppressedBy, undefined);
  // The other way round within one block.
  await suppress({ rule: 'rule-e', workload: 'web-1' });
  const of = (pod: string) => draft({ id: 'e', rule: 'rule-e', entities: { pod } });
  const [mixed] = await recordAlerts(fixture.db, [
    { alert: of('web-1'), eventId: 'e1' },
    { alert: of('stranger'), eventId: 'e2' },
  ]);
  assert.equal(mixed?.alert.suppressedBy, undefined);
});

test('an open alert is hidden once it occurs under a suppression that fits all of it', async () => {
  await record('f', 'e1');
  await suppress({ rule: 'rule-f' });
  assert.deepEqual(await ids('rule-f'), ['f']);
  await record('f', 'e2');
  assert.deepEqual(await ids('rule-f'), []);
});

test('a preview counts the alerts of the last week', async () => {
  const now = Date.now();
  const recent = new Date(now - 3_600_000).toISOString();
  await recordAlerts(
    fixture.db,
    ['g1', 'g2'].map((id) => ({
      alert: draft({ id, rule: 'rule-g', firstSeenAt: recent, lastSeenAt: recent }),
      eventId: 'e',
    })),
  );
  const preview = await previewMatch(fixture.db, { rule: 'rule-g' }, now);
  assert.equal(preview.matched, 2);
  assert.equal(preview.examples.length, 2);
  assert.ok(!preview.isPartial);
});
