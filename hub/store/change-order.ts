// Lets changes of alerts appear in the order of their numbers.
import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** Any number that no other lock of this database uses. */
const lockId = 7_080_001;

/**
 * A number is drawn before its row is committed: of two writers at once the later number could appear first, and who
 * follows the changes would pass by the earlier one for ever. So writers of `alerts.change` go one after the other.
 * They are the pipeline, which is one, and people, who are slow.
 */
export const changeInOrder = <T>(
  db: Database,
  write: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> => {
  const locked = async (transaction: Transaction<Tables>): Promise<T> => {
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(lockId)})`.execute(transaction);
    return write(transaction);
  };
  return db.isTransaction ? locked(db as Transaction<Tables>) : db.transaction().execute(locked);
};
