// Suppressions: made, listed, ended. Their hits are counted where alerts are recorded.
import { randomBytes } from 'node:crypto';
import type { NewSuppression, Suppression, SuppressionMatch } from '@yagura/contracts';
import { type Selectable, sql } from 'kysely';
import { HubError } from '../errors.ts';
import type { Database } from './database.ts';
import { storableText } from './storable.ts';
import type { SuppressionTable } from './suppression-tables.ts';

/** Each is held against each alert of a block. */
const maxActive = 1_000;
/** Those that ended are a record; the latest of them are shown. */
const maxListed = 2_000;

export interface ActiveSuppression {
  readonly id: string;
  readonly match: SuppressionMatch;
}

const isActive = sql<boolean>`ended_at IS NULL AND expires_at > clock_timestamp()`;

/** By the database's clock, the oldest first. */
export const readActive = (db: Database): Promise<readonly ActiveSuppression[]> =>
  db
    .selectFrom('suppressions')
    .select(['id', 'match'])
    .where(isActive)
    .orderBy('created_at')
    .limit(maxActive)
    .execute();

export async function createSuppression(
  db: Database,
  wish: NewSuppression & { readonly createdBy: string },
): Promise<Suppression> {
  if ((await readActive(db)).length >= maxActive)
    throw new HubError('CONFLICT', `there are ${maxActive} active suppressions; delete one first`);
  const row = await db
    .insertInto('suppressions')
    .values({
      id: randomBytes(10).toString('hex'),
      match: JSON.stringify(wish.match),
      owner: storableText(wish.owner.trim()),
      reason: storableText(wish.reason.trim()),
      created_by: storableText(wish.createdBy),
      expires_at: wish.expiresAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toSuppression({ ...row, active: true });
}

export async function listSuppressions(db: Database): Promise<readonly Suppression[]> {
  const rows = await db
    .selectFrom('suppressions')
    .selectAll()
    .select(isActive.as('active'))
    .orderBy('active', 'desc')
    .orderBy(sql`least(expires_at, ended_at)`, 'desc')
    .limit(maxListed)
    .execute();
  return rows.map(toSuppression);
}

/** False if there is none with this id that still holds. */
export async function endSuppression(db: Database, id: string, by: string): Promise<boolean> {
  const result = await db
    .updateTable('suppressions')
    .set({ ended_at: sql`clock_timestamp()`, ended_by: storableText(by) })
    .where('id', '=', id)
    .where(isActive)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function toSuppression(row: Selectable<SuppressionTable> & { readonly active: boolean }): Suppression {
  return {
    id: row.id,
    match: row.match,
    owner: row.owner,
    reason: row.reason,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.ended_by === null ? {} : { endedBy: row.ended_by }),
    state: row.active ? 'active' : row.ended_at === null ? 'expired' : 'ended',
    hits: row.hits,
    ...(row.last_hit_at === null ? {} : { lastHitAt: row.last_hit_at }),
  };
}
