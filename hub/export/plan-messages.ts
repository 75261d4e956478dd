// Turns changes of alerts into messages of a destination's outbox, each change once.
import type { Alert } from '@yagura/contracts';
import { rfc3339FromMs } from '@yagura/kit';
import type { Transaction } from 'kysely';
import { toAlert } from '../store/alert-row.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { type Choose, createChoose, type Told } from './choose-change.ts';

/** The outbox holds no more than this: a slow destination's alerts wait as changes, which cost nothing. */
const maxPending = 100;

/**
 * Plans in one transaction with the destination's cursor, so that a crash neither forgets a change nor plans it twice.
 * An alert that changed often while it waited is planned once, as it is now. Resolves to how many changes were read.
 */
export const planMessages = (db: Database, destination: string, now: number): Promise<number> =>
  db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('export_destinations')
      .select(['cursor', 'filter', 'state'])
      .where('id', '=', destination)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined || row.state === 'paused') return 0;
    const room = maxPending - (await countPending(transaction, destination));
    if (room <= 0) return 0;
    const changed = await readChanged(transaction, row.cursor, room);
    const last = changed.at(-1);
    if (last === undefined) return 0;
    const alerts = changed.map(toAlert);
    await plan(transaction, { destination, alerts, choose: createChoose(row.filter), now });
    await transaction
      .updateTable('export_destinations')
      .set({ cursor: last.change })
      .where('id', '=', destination)
      .execute();
    return changed.length;
  });

async function countPending(transaction: Transaction<Tables>, destination: string): Promise<number> {
  const row = await transaction
    .selectFrom('export_messages')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('destination', '=', destination)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return row?.n ?? 0;
}

/** Changes appear in the order of their numbers, see hub/store/change-order.ts. */
const readChanged = (transaction: Transaction<Tables>, cursor: number, limit: number) =>
  transaction
    .selectFrom('alerts')
    .selectAll()
    .where('change', '>', cursor)
    .orderBy('change')
    .limit(limit)
    .execute();

interface Plan {
  readonly destination: string;
  readonly alerts: readonly Alert[];
  readonly choose: Choose;
  readonly now: number;
}

async function plan(
  transaction: Transaction<Tables>,
  { destination, alerts, choose, now }: Plan,
): Promise<void> {
  const told = await readTold(transaction, destination, alerts);
  for (const alert of alerts) {
    const known = told.get(alert.id);
    const choice = choose(alert, known, now);
    if (choice === undefined) continue;
    const messages = (known?.messages ?? 0) + (choice.isSent ? 1 : 0);
    if (choice.isSent)
      await transaction
        .insertInto('export_messages')
        // The number of the message about this alert: the same after a crash, another for the next.
        .values({
          ...{ destination, alert_id: alert.id, change: choice.change, key: `${alert.id}.${messages}` },
          alert: JSON.stringify(alert),
        })
        .execute();
    const state = { status: alert.status, messages, sent_at: rfc3339FromMs(now) };
    await transaction
      .insertInto('export_sent')
      .values({ destination, alert_id: alert.id, ...state })
      .onConflict((conflict) => conflict.columns(['destination', 'alert_id']).doUpdateSet(state))
      .execute();
  }
}

async function readTold(
  transaction: Transaction<Tables>,
  destination: string,
  alerts: readonly Alert[],
): Promise<ReadonlyMap<string, Told>> {
  const rows = await transaction
    .selectFrom('export_sent')
    .select(['alert_id', 'status', 'messages', 'sent_at'])
    .where('destination', '=', destination)
    .where(
      'alert_id',
      'in',
      alerts.map(({ id }) => id),
    )
    .execute();
  return new Map(
    rows.map(({ alert_id, status, messages, sent_at }) => [
      alert_id,
      { status, messages, sentAt: Date.parse(sent_at) },
    ]),
  );
}
