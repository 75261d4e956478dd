// The name of this hub's workspace, made once.
import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';

const key = 'workspace';

/** The same at every start; made at the first. */
export async function ensureWorkspace(db: Database): Promise<string> {
  const value = `w-${randomBytes(6).toString('hex')}`;
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return row.value;
}
