// Taking tokens back tells of those that could still be used.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestDatabase } from '../testing/test-database.ts';
import {
  createRegistrationToken,
  endAllRegistrationTokens,
  endRegistrationToken,
  listRegistrationTokens,
} from './registration-tokens.ts';

test('used up and expired tokens go, and are not counted', async () => {
  await using fixture = await startTestDatabase();
  const { db } = fixture;
  const now = Date.now();
  const make = (wish: object) => createRegistrationToken(db, { createdBy: 'test', now, ...wish });
  await make({ uses: 2 });
  await make({ hours: 0 });
  const { id } = await make({ uses: 1 });
  await db.updateTable('registration_tokens').set({ uses_left: 0 }).where('id', '=', id).execute();
  assert.equal(await endAllRegistrationTokens(db, now + 1), 1);
  assert.deepEqual(await listRegistrationTokens(db, now), []);
  assert.equal(await endRegistrationToken(db, id), false);
  assert.equal(await endAllRegistrationTokens(db, now), 0);
});
