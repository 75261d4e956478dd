// Retention as an administrator set it; it goes before what the hub was started with.
import { Retention } from '@yagura/contracts';
import Type from 'typebox';
import Value from 'typebox/value';
import type { Database } from './database.ts';

const key = 'retention';
const Wish = Type.Partial(Retention);

/** What was set, and nothing for the rest. */
export async function readRetention(db: Database): Promise<Partial<Retention>> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  const value: unknown = row === undefined ? {} : JSON.parse(row.value);
  return Value.Check(Wish, value) ? value : {};
}

export async function writeRetention(db: Database, wish: Partial<Retention>): Promise<void> {
  const value = JSON.stringify({ ...(await readRetention(db)), ...wish });
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
