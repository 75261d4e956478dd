// Retention removes what is old and leaves what is not, open alerts above all.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { draft } from '../testing/draft.ts';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { listAlerts } from './alert-list.ts';
import { closeAlert } from './alert-status.ts';
import { recordAlerts } from './alerts.ts';
import { defaultRetention, removeOld } from './retention.ts';
import { createSession, findSession } from './sessions.ts';
import { createSignInCode, redeemSignInCode } from './sign-in-links.ts';
import { createToken, useToken } from './tokens.ts';

let fixture: TestDatabase;
before(async () => {
  fixture = await startTestDatabase();
});
after(() => fixture[Symbol.asyncDispose]());

const dayMs = 24 * 60 * 60 * 1000;
const now = Date.now();

test('closed alerts go after their time, with what was counted into them; open ones stay', async () => {
  const { db } = fixture;
  for (const id of ['open', 'closed', 'fresh'])
    await recordAlerts(db, [{ alert: draft({ id }), eventId: 'e1' }]);
  for (const id of ['closed', 'fresh']) await closeAlert(db, id, { reason: 'benign', by: 'ann' });
  await sql`UPDATE alerts SET closed_at = now() - interval '91 days' WHERE id = 'closed'`.execute(db);
  const removed = await removeOld(db, now, defaultRetention);
  assert.equal(removed.closedAlerts, 1);
  const left = (await listAlerts(db, {})).items.map(({ id }) => id).sort();
  assert.deepEqual(left, ['fresh', 'open']);
  const { rows } = await sql`SELECT 1 FROM alert_occurrences WHERE alert_id = 'closed'`.execute(db);
  assert.equal(rows.length, 0);
});

test('occurrences go by when they were recorded, not by the time of their event', async () => {
  const { db } = fixture;
  await recordAlerts(db, [{ alert: draft({ id: 'old-log' }), eventId: 'e1' }]);
  assert.equal((await removeOld(db, now, defaultRetention)).occurrences, 0);
  const later = await removeOld(db, now + 31 * dayMs, defaultRetention);
  assert.ok(later.occurrences >= 3);
});

test('there are only so many alerts: the least severe go, and those that were quiet longest', async () => {
  const { db } = fixture;
  const at = (id: string, time: string) => ({
    alert: draft({ id, firstSeenAt: time, lastSeenAt: time }),
    eventId: 'e1',
  });
  await recordAlerts(db, [at('older', '2027-01-01T00:00:00Z'), at('newer', '2027-01-02T00:00:00Z')]);
  const removed = await removeOld(db, now, { ...defaultRetention, maxAlerts: 2 });
  assert.ok(removed.alertsOverLimit > 0);
  assert.deepEqual(
    (await listAlerts(db, {})).items.map(({ id }) => id),
    ['newer', 'older'],
  );
  const low = at('flood', '2027-01-03T00:00:00Z');
  await recordAlerts(db, [{ ...low, alert: { ...low.alert, severity: 'low' } }]);
  assert.equal((await removeOld(db, now, { ...defaultRetention, maxAlerts: 2 })).alertsOverLimit, 1);
  assert.equal((await listAlerts(db, {})).items.length, 2);
  assert.ok((await listAlerts(db, {})).items.every(({ id }) => id !== 'flood'));
});

test('sessions, codes and tokens end at their time', async () => {
  const { db } = fixture;
  const user = { user: 'ann', role: 'viewer' } as const;
  const session = await createSession(db, { ...user, now, expiresAt: now + 1000 });
  assert.equal((await findSession(db, session, now))?.user, 'ann');
  assert.equal(await findSession(db, session, now + 2000), undefined);
  assert.equal((await removeOld(db, now + 2000, defaultRetention)).sessions, 1);
  const { code } = await createSignInCode(db, { ...user, now, holdsMs: 1000 });
  assert.equal(await redeemSignInCode(db, code, now + 2000), undefined);
  const token = await createToken(db, {
    name: 't',
    role: 'viewer',
    createdBy: 'ann',
    now,
    expiresAt: now + 1000,
  });
  assert.equal((await useToken(db, token.secret, now))?.id, token.id);
  assert.equal(await useToken(db, token.secret, now + 2000), undefined);
  assert.equal(await useToken(db, `${token.secret.slice(0, -1)}!`, now), undefined);
});
