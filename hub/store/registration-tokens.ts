// Tokens with which agents register: made once, shown once, kept as hashes, used up one use at a time.
import { createHash, randomBytes } from 'node:crypto';
import type { AgentRole, RegistrationToken as TokenFacts } from '@yagura/contracts';
import { equalSecrets } from '@yagura/kit';
import type { Selectable } from 'kysely';
import type { Database } from './database.ts';
import type { RegistrationTokenTable } from './fleet-tables.ts';

export interface RegistrationTokenWish {
  readonly role?: AgentRole;
  /** Registers this name alone. */
  readonly name?: string;
  /** Registers nodes of this cluster alone. */
  readonly cluster?: string;
  readonly uses?: number;
  readonly hours?: number;
  readonly createdBy: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface RegistrationToken {
  readonly id: string;
  /** Never shown again. */
  readonly token: string;
  readonly role: AgentRole;
  readonly uses: number;
  readonly expiresAt: string;
}

const hourMs = 60 * 60 * 1000;
const forgetAfterMs = 7 * 24 * hourMs;

const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const iso = (ms: number): string => new Date(ms).toISOString();

export async function createRegistrationToken(
  db: Database,
  wish: RegistrationTokenWish,
): Promise<RegistrationToken> {
  const { role = 'node', name, cluster, uses = 1, hours = 24, createdBy, now } = wish;
  const id = randomBytes(6).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  const expiresAt = iso(now + hours * hourMs);
  await db
    .insertInto('registration_tokens')
    .values({
      id,
      role,
      secret_hash: hashSecret(secret),
      uses_left: uses,
      created_at: iso(now),
      created_by: createdBy,
      expires_at: expiresAt,
      name: name ?? null,
      cluster: cluster ?? null,
    })
    .execute();
  await db
    .deleteFrom('registration_tokens')
    .where('expires_at', '<', iso(now - forgetAfterMs))
    .execute();
  return { id, token: `${id}.${secret}`, role, uses, expiresAt };
}

/** Those that can still be used, the newest first. */
export async function listRegistrationTokens(db: Database, now: number): Promise<readonly TokenFacts[]> {
  const rows = await db
    .selectFrom('registration_tokens')
    .select(['id', 'role', 'name', 'cluster', 'uses_left', 'created_at', 'created_by', 'expires_at'])
    .where('uses_left', '>', 0)
    .where('expires_at', '>', iso(now))
    .orderBy('created_at', 'desc')
    .limit(1000)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    role: row.role,
    ...(row.name === null ? {} : { name: row.name }),
    ...(row.cluster === null ? {} : { cluster: row.cluster }),
    usesLeft: row.uses_left,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
  }));
}

/** Whether there was one of this id. */
export async function endRegistrationToken(db: Database, id: string): Promise<boolean> {
  const result = await db.deleteFrom('registration_tokens').where('id', '=', id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** How many of them could still be used. */
export async function endAllRegistrationTokens(db: Database, now: number): Promise<number> {
  const rows = await db.deleteFrom('registration_tokens').returning(['uses_left', 'expires_at']).execute();
  return rows.filter((row) => row.uses_left > 0 && Date.parse(row.expires_at) > now).length;
}

export interface TokenUse {
  readonly token: string;
  readonly role: AgentRole;
  /** Of who registers. */
  readonly name: string;
  readonly cluster?: string;
  readonly now: number;
}

/** `unknown` tells nothing to who guesses; the others are only for who holds the whole token. */
export type TokenRefusal = { readonly is: 'unknown' } | ToldRefusal;
export interface ToldRefusal {
  readonly is: 'expired' | 'used-up' | 'for-another';
  readonly detail: string;
  /** That the token is for. */
  readonly name?: string;
}

/** Takes one use, or says why not. Call it inside a transaction. */
export async function useRegistrationToken(
  db: Database,
  use: TokenUse,
): Promise<{ readonly is: 'taken'; readonly madeAt: string } | TokenRefusal> {
  const [id = '', secret = ''] = use.token.split('.', 2);
  const row = await db
    .selectFrom('registration_tokens')
    .select(['secret_hash', 'role', 'uses_left', 'created_at', 'expires_at', 'name', 'cluster'])
    .where('id', '=', id.replaceAll('\0', ''))
    // Two registrations at once wait for each other here, so that the last use is taken once.
    .forUpdate()
    .executeTakeFirst();
  // An unknown id costs the same comparison as a known one.
  const isRight = equalSecrets(row?.secret_hash ?? '', hashSecret(secret));
  if (row === undefined || !isRight) return { is: 'unknown' };
  const refusal = refusalOf(row, use);
  if (refusal !== undefined) return { ...refusal, ...(row.name === null ? {} : { name: row.name }) };
  await db
    .updateTable('registration_tokens')
    .set((expression) => ({ uses_left: expression('uses_left', '-', 1) }))
    .where('id', '=', id)
    .execute();
  return { is: 'taken', madeAt: row.created_at };
}

type TokenRow = Pick<
  Selectable<RegistrationTokenTable>,
  'role' | 'uses_left' | 'expires_at' | 'name' | 'cluster'
>;

function refusalOf(row: TokenRow, use: TokenUse): ToldRefusal | undefined {
  if (row.role !== use.role) return { is: 'for-another', detail: `it is for the role ${row.role}` };
  if (row.name !== null && row.name !== use.name)
    return { is: 'for-another', detail: `it is for ${row.name} alone` };
  if (row.cluster !== null && row.cluster !== use.cluster)
    return { is: 'for-another', detail: `it is for nodes of ${row.cluster} alone` };
  if (Date.parse(row.expires_at) <= use.now) return { is: 'expired', detail: `since ${row.expires_at}` };
  if (row.uses_left < 1) return { is: 'used-up', detail: 'each use registers once' };
  return undefined;
}

const clusterTokenUses = 5_000;
const clusterTokensKept = 2;

/** For the nodes of a cluster whose agent asks: a day, and the one before it still holds. */
export function createClusterToken(db: Database, cluster: string, now: number): Promise<RegistrationToken> {
  return db.transaction().execute(async (transaction) => {
    const made = await createRegistrationToken(transaction, {
      ...{ role: 'node', cluster, uses: clusterTokenUses, createdBy: `cluster:${cluster}`, now },
    });
    await transaction
      .deleteFrom('registration_tokens')
      .where('cluster', '=', cluster)
      .where('id', 'not in', (query) =>
        query
          .selectFrom('registration_tokens')
          .select('id')
          .where('cluster', '=', cluster)
          .orderBy('created_at', 'desc')
          .limit(clusterTokensKept),
      )
      .execute();
    return made;
  });
}

/** All that its agent asked for. */
export async function endClusterTokens(db: Database, cluster: string): Promise<void> {
  await db.deleteFrom('registration_tokens').where('cluster', '=', cluster).execute();
}
