// A person closes an alert with a reason, or opens it again.
import type { Alert, CloseAlert } from '@yagura/contracts';
import { sql } from 'kysely';
import { toAlert } from './alert-row.ts';
import type { Database } from './database.ts';
import { storableText } from './storable.ts';

/** Closing a closed alert changes its reason. Undefined if there is no such alert. */
export async function closeAlert(
  db: Database,
  id: string,
  { reason, comment, by }: CloseAlert & { readonly by: string },
): Promise<Alert | undefined> {
  const row = await db
    .updateTable('alerts')
    .set({
      status: 'closed',
      close_reason: reason,
      close_comment: comment === undefined ? null : storableText(comment),
      closed_by: by,
      closed_at: sql`clock_timestamp()`,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row && toAlert(row);
}

export async function reopenAlert(db: Database, id: string): Promise<Alert | undefined> {
  const row = await db
    .updateTable('alerts')
    .set({ status: 'open', close_reason: null, close_comment: null, closed_by: null, closed_at: null })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row && toAlert(row);
}
