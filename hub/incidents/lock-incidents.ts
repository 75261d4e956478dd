// One at a time works on incidents.
import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

/** 'inci' in ASCII. */
const lockNumber = 0x69_6e_63_69;

/**
 * Until the transaction ends. Two batches at once would each open an incident for the same alerts. Always after the rows
 * of alerts are locked, so that nobody waits for ever.
 */
export async function lockIncidents(db: Database): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(db);
}
