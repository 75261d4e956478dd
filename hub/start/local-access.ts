// Lets the machine's own administrator in: a token for the CLI, a sign-in link, and a token for the first node.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '@yagura/kit';
import type { Database } from '../store/database.ts';
import { createRegistrationToken } from '../store/registration-tokens.ts';
import { createToken, deleteTokensNamed, useToken } from '../store/tokens.ts';

const tokenName = 'local CLI';

export interface LocalAccess {
  /** Where the CLI of this machine finds the API. */
  readonly url: string;
  /** Absolute; PEM of who vouches for the API's certificate, or the certificate itself. */
  readonly caFile?: string;
}

/** Keeps the token of an earlier start if it still holds. The file is for its owner only. */
export async function writeCliFile(
  db: Database,
  clock: Clock,
  { path, ...access }: LocalAccess & { readonly path: string },
): Promise<string> {
  const token = (await knownToken(db, clock, path)) ?? (await newToken(db, clock));
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  await writeFile(fresh, `${JSON.stringify({ ...access, token }, null, 2)}\n`, { mode: 0o600 });
  await rename(fresh, path);
  return token;
}

async function knownToken(db: Database, clock: Clock, path: string): Promise<string | undefined> {
  try {
    const { token } = JSON.parse(await readFile(path, 'utf8')) as { token?: unknown };
    if (typeof token === 'string' && (await useToken(db, token, clock.now())) !== undefined) return token;
  } catch (error) {
    // Missing at the first start, unreadable after a crash of an older one: a new token mends both.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
  }
  return undefined;
}

async function newToken(db: Database, clock: Clock): Promise<string> {
  await deleteTokensNamed(db, tokenName);
  const wish = { name: tokenName, role: 'administrator', createdBy: 'hub', now: clock.now() } as const;
  return (await createToken(db, wish)).secret;
}

/** For the node that this machine is; one that is registered already does not need it. */
export async function createNodeToken(db: Database, clock: Clock): Promise<string> {
  const wish = { role: 'node', uses: 1, hours: 24, createdBy: 'hub', now: clock.now() } as const;
  return (await createRegistrationToken(db, wish)).token;
}
