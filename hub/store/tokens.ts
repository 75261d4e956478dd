// API tokens: `ygr_<id>_<secret>`, of which the hub keeps the id and a hash.
import { randomBytes } from 'node:crypto';
import type { ApiToken, Role } from '@yagura/contracts';
import { equalSecrets, rfc3339FromMs } from '@yagura/kit';
import { type Selectable, sql } from 'kysely';
import type { ApiTokenTable } from './access-tables.ts';
import type { Database } from './database.ts';
import { hashSecret, newSecret } from './secret.ts';
import { storableText } from './storable.ts';

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly createdBy: string;
  readonly now: number;
  /** Without it the token holds until it is taken back. */
  readonly expiresAt?: number;
}

/** `secret` is the whole token; it is never shown again. */
export async function createToken(db: Database, wish: NewToken): Promise<ApiToken & { secret: string }> {
  const id = randomBytes(6).toString('hex');
  const secret = newSecret();
  const row = await db
    .insertInto('api_tokens')
    .values({
      id,
      name: storableText(wish.name),
      role: wish.role,
      secret_hash: hashSecret(secret),
      created_at: rfc3339FromMs(wish.now),
      created_by: wish.createdBy,
      expires_at: wish.expiresAt === undefined ? null : rfc3339FromMs(wish.expiresAt),
      last_used_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { ...toToken(row), secret: `ygr_${id}_${secret}` };
}

export async function listTokens(db: Database): Promise<readonly ApiToken[]> {
  const rows = await db
    .selectFrom('api_tokens')
    .selectAll()
    .orderBy('created_at', 'desc')
    .limit(1000)
    .execute();
  return rows.map(toToken);
}

/** False if there is none. Sessions that were opened with it end with it. */
export async function deleteToken(db: Database, id: string): Promise<boolean> {
  const result = await db.deleteFrom('api_tokens').where('id', '=', id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

const tokenShape = /^ygr_([0-9a-f]{12})_([A-Za-z0-9_-]{32})$/;
/** Writing the time of use at each request would make every read a write. */
const useResolutionMs = 60_000;

/** The token that this text is, if it still holds; notes that it was used. */
export async function useToken(db: Database, text: string, now: number): Promise<ApiToken | undefined> {
  const [, id, secret] = tokenShape.exec(text) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const row = await db.selectFrom('api_tokens').selectAll().where('id', '=', id).executeTakeFirst();
  // An unknown id costs the same comparison as a known one.
  const isRight = equalSecrets(row?.secret_hash ?? '', hashSecret(secret));
  if (row === undefined || !isRight || hasExpired(row.expires_at, now)) return undefined;
  if (row.last_used_at === null || now - Date.parse(row.last_used_at) > useResolutionMs)
    await db
      .updateTable('api_tokens')
      .set({ last_used_at: rfc3339FromMs(now) })
      .where('id', '=', id)
      .execute();
  return toToken(row);
}

/** Tokens of the machine itself, of which only the newest is to hold. */
export async function deleteTokensNamed(db: Database, name: string): Promise<void> {
  await db
    .deleteFrom('api_tokens')
    .where('name', '=', name)
    .where('created_by', '=', sql<string>`'hub'`)
    .execute();
}

const hasExpired = (expiresAt: string | null, now: number): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= now;

function toToken(row: Selectable<ApiTokenTable>): ApiToken {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
    createdBy: row.created_by,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
  };
}
