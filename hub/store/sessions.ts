// Sessions of people in the console; the cookie's value is known to the browser alone.
import type { Role, Session } from '@yagura/contracts';
import { rfc3339FromMs } from '@yagura/kit';
import type { Database } from './database.ts';
import { hashSecret, newSecret } from './secret.ts';

export interface NewSession {
  readonly user: string;
  readonly role: Role;
  readonly tokenId?: string;
  readonly now: number;
  readonly expiresAt: number;
}

/** Returns the secret that goes into the cookie. */
export async function createSession(db: Database, wish: NewSession): Promise<string> {
  const secret = newSecret();
  await db
    .insertInto('sessions')
    .values({
      id_hash: hashSecret(secret),
      user: wish.user,
      role: wish.role,
      token_id: wish.tokenId ?? null,
      expires_at: rfc3339FromMs(wish.expiresAt),
    })
    .execute();
  return secret;
}

export async function findSession(db: Database, secret: string, now: number): Promise<Session | undefined> {
  const row = await db
    .selectFrom('sessions')
    .select(['user', 'role', 'expires_at'])
    .where('id_hash', '=', hashSecret(secret))
    .where('expires_at', '>', rfc3339FromMs(now))
    .executeTakeFirst();
  return row && { user: row.user, role: row.role, expiresAt: row.expires_at };
}

export async function deleteSession(db: Database, secret: string): Promise<void> {
  await db.deleteFrom('sessions').where('id_hash', '=', hashSecret(secret)).execute();
}
