// A person closes an alert with a reason, or opens it again.
import type { Alert, CloseAlert } from '@yagura/contracts';
import { sql, type UpdateObject } from 'kysely';
import { toAlert } from './alert-row.ts';
import { changeInOrder } from './change-order.ts';
import type { Database } from './database.ts';
import { storableText } from './storable.ts';
import type { Tables } from './tables.ts';

/** Closing a closed alert changes its reason. Undefined if there is no such alert. */
export async function closeAlert(
  db: Database,
  id: string,
  { reason, comment, by }: CloseAlert & { readonly by: string },
): Promise<Alert | undefined> {
  const row = await changeAlert(db, id, {
    status: 'closed',
    close_reason: reason,
    close_comment: comment === undefined ? null : storableText(comment),
    closed_by: by,
    closed_at: sql`clock_timestamp()`,
  });
  return row && toAlert(row);
}

export async function reopenAlert(db: Database, id: string): Promise<Alert | undefined> {
  const opened = { close_reason: null, close_comment: null, closed_by: null, closed_at: null } as const;
  const row = await changeAlert(db, id, { status: 'open', ...opened });
  return row && toAlert(row);
}

/** Who follows the changes, such as an export, learns of it. */
const changeAlert = (db: Database, id: string, values: UpdateObject<Tables, 'alerts'>) =>
  changeInOrder(db, (transaction) =>
    transaction
      .updateTable('alerts')
      .set({ ...values, change: sql`nextval('alert_changes')` })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst(),
  );
