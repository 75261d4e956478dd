// Agents and their certificates: enrolment, renewal, look-up by serial number, revocation.
import { randomBytes } from 'node:crypto';
import type { AgentRole } from '@yagura/contracts';
import type { Database } from './database.ts';
import { type TokenRefusal, useRegistrationToken } from './registration-tokens.ts';

export interface AgentIdentity {
  readonly id: string;
  readonly role: AgentRole;
  readonly name: string;
  readonly cluster?: string;
}

export interface CertificateRecord {
  readonly agent: AgentIdentity;
  readonly isRevoked: boolean;
  /** Milliseconds since the epoch. */
  readonly notAfter: number;
}

export interface NewCertificate {
  readonly serial: string;
  readonly notAfter: Date;
}

export interface Enrolment<C extends NewCertificate> {
  readonly token: string;
  readonly role: AgentRole;
  readonly name: string;
  readonly cluster?: string;
  readonly now: number;
  /** Names in all; those that exist may come again. */
  readonly maxAgents?: number;
  /** Makes the certificate once the agent's id is known; what it throws undoes everything, the token's use too. */
  readonly issue: (agentId: string) => Promise<C>;
}

/** Or why the token was refused. */
export type EnrolmentResult<C> =
  | { readonly is: 'taken'; readonly agentId: string; readonly certificate: C }
  | LateRefusal
  | TokenRefusal;

interface LateRefusal {
  /** `revoked`: by a token that was made before the revocation. */
  readonly is: 'full' | 'revoked';
}

/** Thrown inside the transaction, so that it costs no use of the token. */
class Refused extends Error {
  readonly result: LateRefusal;

  constructor(is: LateRefusal['is']) {
    super(is);
    this.result = { is };
  }
}

const dayMs = 24 * 60 * 60 * 1000;
const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * The same name again is the same agent: it gets a new certificate, and the ones before it hold no more.
 */
export function enrolAgent<C extends NewCertificate>(
  db: Database,
  enrolment: Enrolment<C>,
): Promise<EnrolmentResult<C>> {
  const work = db.transaction().execute(async (transaction): Promise<EnrolmentResult<C>> => {
    const verdict = await useRegistrationToken(transaction, enrolment);
    if (verdict.is !== 'taken') return verdict;
    await checkName(transaction, enrolment, verdict.madeAt);
    const agentId = await upsertAgent(transaction, enrolment);
    await revokeCertificates(transaction, { agentId, now: enrolment.now });
    const certificate = await enrolment.issue(agentId);
    await recordCertificate(transaction, { agentId, certificate, now: enrolment.now });
    return { is: 'taken', agentId, certificate };
  });
  return work.catch((error: unknown): EnrolmentResult<C> => {
    if (error instanceof Refused) return error.result;
    throw error;
  });
}

/** Revoked ones too: their names are still taken. */
export async function countAgents(db: Database): Promise<number> {
  const row = await db
    .selectFrom('agents')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(row.total);
}

/** A name that is known may come again however full it is; one that was revoked, only by a token made since. */
async function checkName(db: Database, wish: Enrolment<NewCertificate>, tokenMadeAt: string): Promise<void> {
  const { role, name, cluster = '', maxAgents = Number.POSITIVE_INFINITY } = wish;
  const known = await db
    .selectFrom('agents')
    .select('revoked_at')
    .where('role', '=', role)
    .where('name', '=', name)
    .where('cluster', '=', cluster)
    .executeTakeFirst();
  if (known === undefined && (await countAgents(db)) >= maxAgents) throw new Refused('full');
  if (known?.revoked_at && Date.parse(tokenMadeAt) <= Date.parse(known.revoked_at))
    throw new Refused('revoked');
}

async function upsertAgent(db: Database, { role, name, cluster, now }: Enrolment<NewCertificate>) {
  if (cluster !== undefined)
    await db
      .insertInto('clusters')
      .values({ name: cluster, provider: 'kubernetes', created_at: iso(now) })
      .onConflict((conflict) =>
        role === 'cluster'
          ? conflict.column('name').doUpdateSet({ connect_problem: null })
          : conflict.doNothing(),
      )
      .execute();
  const row = await db
    .insertInto('agents')
    .values({
      id: randomBytes(10).toString('hex'),
      role,
      name,
      cluster: cluster ?? '',
      registered_at: iso(now),
      certificate_expires_at: iso(now),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['role', 'cluster', 'name'])
        .doUpdateSet({ registered_at: iso(now), revoked_at: null }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

interface RecordedCertificate {
  readonly agentId: string;
  readonly certificate: NewCertificate;
  readonly now: number;
}

async function recordCertificate(db: Database, { agentId, certificate, now }: RecordedCertificate) {
  const notAfter = certificate.notAfter.toISOString();
  await db
    .insertInto('agent_certificates')
    .values({ serial: certificate.serial, agent_id: agentId, issued_at: iso(now), not_after: notAfter })
    .execute();
  await db
    .updateTable('agents')
    .set({ certificate_expires_at: notAfter })
    .where('id', '=', agentId)
    .execute();
  await db
    .deleteFrom('agent_certificates')
    .where('agent_id', '=', agentId)
    .where('not_after', '<', iso(now - dayMs))
    .execute();
}

export interface Renewal<C extends NewCertificate> {
  readonly agentId: string;
  /** Of the certificate that asks; it holds until it runs out, in case the answer is lost. All others end. */
  readonly serial: string;
  readonly now: number;
  readonly issue: (agentId: string) => Promise<C>;
}

/** `undefined` where the agent was revoked in the meantime. */
export function renewAgent<C extends NewCertificate>(
  db: Database,
  renewal: Renewal<C>,
): Promise<C | undefined> {
  const { agentId, serial, now } = renewal;
  return db.transaction().execute(async (transaction) => {
    const live = await transaction
      .selectFrom('agents')
      .innerJoin('agent_certificates', 'agent_certificates.agent_id', 'agents.id')
      .select('agents.id')
      .where('agents.id', '=', agentId)
      .where('agents.revoked_at', 'is', null)
      .where('agent_certificates.serial', '=', serial)
      .where('agent_certificates.revoked_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (live === undefined) return undefined;
    await revokeCertificates(transaction, { agentId, now, except: serial });
    const certificate = await renewal.issue(agentId);
    await recordCertificate(transaction, { agentId, certificate, now });
    return certificate;
  });
}

interface Revocation {
  readonly agentId: string;
  readonly now: number;
  readonly except?: string;
}

async function revokeCertificates(db: Database, { agentId, now, except = '' }: Revocation): Promise<void> {
  await db
    .updateTable('agent_certificates')
    .set({ revoked_at: iso(now) })
    .where('agent_id', '=', agentId)
    .where('revoked_at', 'is', null)
    .where('serial', '!=', except)
    .execute();
}

/** From now on none of the agent's certificates holds; ingest sees it within its cache's two seconds. */
export const revokeAgent = (db: Database, agentId: string, now: number): Promise<boolean> =>
  db.transaction().execute((transaction) => endAgent(transaction, agentId, now));

/** The same, inside a transaction. */
export async function endAgent(transaction: Database, agentId: string, now: number): Promise<boolean> {
  const row = await transaction
    .updateTable('agents')
    .set((expression) => ({ revoked_at: expression.fn.coalesce('revoked_at', expression.val(iso(now))) }))
    .where('id', '=', agentId)
    .returning('id')
    .executeTakeFirst();
  await revokeCertificates(transaction, { agentId, now });
  return row !== undefined;
}

export async function findCertificate(db: Database, serial: string): Promise<CertificateRecord | undefined> {
  const row = await db
    .selectFrom('agent_certificates as c')
    .innerJoin('agents as a', 'a.id', 'c.agent_id')
    .select([
      'a.id',
      'a.role',
      'a.name',
      'a.cluster',
      'c.not_after',
      'c.revoked_at',
      'a.revoked_at as ended_at',
    ])
    .where('c.serial', '=', serial)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { id, role, name, cluster } = row;
  return {
    agent: { id, role, name, ...(cluster === '' ? {} : { cluster }) },
    isRevoked: row.revoked_at !== null || row.ended_at !== null,
    notAfter: Date.parse(row.not_after),
  };
}
