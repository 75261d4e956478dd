// Makes links that sign the administrator in, once.
import type { Clock } from '@yagura/kit';
import type { Database } from '../store/database.ts';
import { createSignInCode } from '../store/sign-in-links.ts';

export interface SignInLink {
  readonly url: string;
  readonly expiresAt: string;
}

/** `long`: printed at the start of the hub, and perhaps opened the next morning. */
export type MakeSignInLink = (holds: 'short' | 'long') => Promise<SignInLink>;

const holdsMs = { short: 15 * 60_000, long: 24 * 60 * 60_000 };

export const signInLinks =
  (db: Database, clock: Clock, consoleUrl: () => string): MakeSignInLink =>
  async (holds) => {
    const { code, expiresAt } = await createSignInCode(db, {
      user: 'administrator',
      role: 'administrator',
      now: clock.now(),
      holdsMs: holdsMs[holds],
    });
    return { url: `${consoleUrl()}/sign-in?code=${code}`, expiresAt };
  };
