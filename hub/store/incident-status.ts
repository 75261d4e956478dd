// What people do with an incident: close it with a reason, open it again, take it, write down what they found.
import type { CloseIncident, IncidentComment, IncidentSummary } from '@yagura/contracts';
import { sql, type Updateable } from 'kysely';
import type { Database } from './database.ts';
import { toIncidentSummary } from './incident-row.ts';
import type { IncidentTables } from './incident-tables.ts';
import { storableText } from './storable.ts';

type Change = Pick<
  Updateable<IncidentTables['incidents']>,
  'status' | 'owner' | 'close_reason' | 'close_comment' | 'closed_by'
>;

/** Undefined if there is no such incident, or it became part of another. */
async function change(
  db: Database,
  id: string,
  set: Change & { readonly isClosing?: boolean },
): Promise<IncidentSummary | undefined> {
  const { isClosing, ...columns } = set;
  const row = await db
    .updateTable('incidents')
    .set({
      ...columns,
      ...(isClosing === undefined ? {} : { closed_at: isClosing ? sql<string>`clock_timestamp()` : null }),
    })
    .where('id', '=', id)
    .where('status', '!=', 'merged')
    .returningAll()
    .executeTakeFirst();
  return row && toIncidentSummary(row);
}

export const setClosed = (
  db: Database,
  id: string,
  { reason, comment, by }: CloseIncident & { readonly by: string },
): Promise<IncidentSummary | undefined> =>
  change(db, id, {
    status: 'closed',
    close_reason: reason,
    close_comment: comment === undefined ? null : storableText(comment),
    closed_by: by,
    isClosing: true,
  });

export const reopenIncident = (db: Database, id: string): Promise<IncidentSummary | undefined> =>
  change(db, id, {
    status: 'open',
    close_reason: null,
    close_comment: null,
    closed_by: null,
    isClosing: false,
  });

export const assignIncident = (
  db: Database,
  id: string,
  owner: string,
): Promise<IncidentSummary | undefined> =>
  change(db, id, { owner: owner.trim() === '' ? null : storableText(owner.trim()) });

/** Beyond it something writes that is no person. */
const maxComments = 1_000;

/** Undefined if there is no such incident, or it has as many comments as it may have. */
export async function commentIncident(
  db: Database,
  id: string,
  { author, text }: Pick<IncidentComment, 'author' | 'text'>,
): Promise<IncidentComment | undefined> {
  const { rows } = await sql<IncidentComment>`
    INSERT INTO incident_comments (incident_id, author, text)
    SELECT id, ${storableText(author)}, ${storableText(text)} FROM incidents
    WHERE id = ${id} AND status <> 'merged'
      AND (SELECT count(*) FROM incident_comments WHERE incident_id = ${id}) < ${sql.lit(maxComments)}
    RETURNING id, time, author, text`.execute(db);
  return rows[0];
}
