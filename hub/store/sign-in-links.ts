// Codes of sign-in links: each opens one session, once.
import type { Role } from '@yagura/contracts';
import { rfc3339FromMs } from '@yagura/kit';
import type { Database } from './database.ts';
import { hashSecret, newSecret } from './secret.ts';

export interface SignInWish {
  readonly user: string;
  readonly role: Role;
  readonly now: number;
  readonly holdsMs: number;
}

export interface SignInCode {
  readonly code: string;
  readonly expiresAt: string;
}

/** Links for the same user that nobody used yet hold no more. */
export async function createSignInCode(db: Database, wish: SignInWish): Promise<SignInCode> {
  const code = newSecret();
  const expiresAt = rfc3339FromMs(wish.now + wish.holdsMs);
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('sign_in_links').where('user', '=', wish.user).execute();
    await tx
      .insertInto('sign_in_links')
      .values({ code_hash: hashSecret(code), user: wish.user, role: wish.role, expires_at: expiresAt })
      .execute();
  });
  return { code, expiresAt };
}

/** One statement, so that of two who come at once only one gets in. The look-up goes by hash: its time tells nothing. */
export async function redeemSignInCode(
  db: Database,
  code: string,
  now: number,
): Promise<{ readonly user: string; readonly role: Role } | undefined> {
  return db
    .deleteFrom('sign_in_links')
    .where('code_hash', '=', hashSecret(code))
    .where('expires_at', '>', rfc3339FromMs(now))
    .returning(['user', 'role'])
    .executeTakeFirst();
}
