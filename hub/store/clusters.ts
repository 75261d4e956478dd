// Clusters, and the credential with which each one's API server hands over its audit log.
import { createHash, randomBytes } from 'node:crypto';
import type { Cluster } from '@yagura/contracts';
import { equalSecrets } from '@yagura/kit';
import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import { type ConnectionView, connectionOf, readClusterAgents } from './connections.ts';
import type { Database } from './database.ts';
import type { ClusterTable } from './fleet-tables.ts';
import { type LossSummary, readLosses } from './losses.ts';
import type { Tables } from './tables.ts';

const hash = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const iso = (ms: number): string => new Date(ms).toISOString();

/** Adds a cluster, or gives one that exists a new audit credential. What is returned is never shown again. */
export async function createCluster(db: Database, name: string, now: number): Promise<string> {
  const credential = randomBytes(32).toString('base64url');
  const audit_credential_hash = hash(credential);
  await db
    .insertInto('clusters')
    .values({ name, provider: 'kubernetes', created_at: iso(now), audit_credential_hash })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ audit_credential_hash }))
    .execute();
  return credential;
}

export async function findCluster(
  db: Database,
  name: string,
  view: ConnectionView,
): Promise<Cluster | undefined> {
  return (await listClusters(db, view)).find((cluster) => cluster.name === name);
}

/** For a source inside the hub, such as an audit file: the cluster exists afterwards, its credential is untouched. */
export async function ensureCluster(db: Database, name: string, now: number): Promise<void> {
  await db
    .insertInto('clusters')
    .values({ name, provider: 'kubernetes', created_at: iso(now) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Hash to hold a presented credential against with `holdsCredential`; `undefined` where there is none. */
export async function findCredential(db: Database, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('clusters')
    .select('audit_credential_hash')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.audit_credential_hash ?? undefined;
}

/** Takes the same time whether there is such a cluster or not. */
export function holdsCredential(stored: string | undefined, presented: string): boolean {
  const isRight = equalSecrets(stored ?? '', hash(presented));
  return stored !== undefined && isRight;
}

const nodesOf = (expression: ExpressionBuilder<Tables, 'clusters'>) =>
  expression
    .selectFrom('agents')
    .select((count) => count.fn.countAll<number>().as('nodes'))
    .whereRef('agents.cluster', '=', 'clusters.name')
    .where('agents.role', '=', 'node')
    .where('agents.revoked_at', 'is', null);

export async function listClusters(db: Database, view: ConnectionView): Promise<readonly Cluster[]> {
  const [rows, losses, agents] = await Promise.all([
    db
      .selectFrom('clusters')
      .selectAll()
      .select((expression) => nodesOf(expression).as('nodes'))
      .orderBy(sql`name`)
      .execute(),
    readLosses(db, 'cluster'),
    readClusterAgents(db),
  ]);
  return rows.map((row) => {
    const connection = connectionOf(row, agents.get(row.name), view);
    const cluster = { ...toCluster(row, row.nodes ?? 0, losses.get(row.name)), ...auditLogOf(row, view) };
    return connection === undefined ? cluster : { ...cluster, connection };
  });
}

function auditLogOf(
  { audit_last_event_at: last }: Selectable<ClusterTable>,
  { now, auditSilentAfterMs }: ConnectionView,
): Pick<Cluster, 'auditLog'> {
  if (last === null) return {};
  return { auditLog: now - Date.parse(last) < auditSilentAfterMs ? 'flowing' : 'silent' };
}

/**
 * Clusters whose API server may send its audit log, or whose file is followed (`followed`), and that brought none since
 * `before` (milliseconds) but did earlier; the longest silent first. A revoked cluster is none of them.
 */
export async function silentClusters(
  db: Database,
  { before, followed }: { readonly before: number; readonly followed?: string | undefined },
): Promise<readonly { readonly name: string; readonly since: string }[]> {
  const rows = await db
    .selectFrom('clusters')
    .select(['name', 'audit_last_event_at as since'])
    .where('audit_last_event_at', '<=', iso(before))
    .where((is) => is.or([is('audit_credential_hash', 'is not', null), is('name', '=', followed ?? '')]))
    .orderBy('audit_last_event_at')
    .execute();
  return rows.map(({ name, since }) => ({ name, since: since ?? '' }));
}

function toCluster(row: Selectable<ClusterTable>, nodes: number, lost: LossSummary | undefined): Cluster {
  return {
    name: row.name,
    provider: row.provider,
    createdAt: row.created_at,
    nodes,
    ...(row.audit_last_event_at === null ? {} : { auditLastEventAt: row.audit_last_event_at }),
    auditEventsTotal: row.audit_events_total,
    losses: lost?.losses ?? [],
    lossTotal: lost?.lossTotal ?? 0,
  };
}

/** Those whose API server has a credential for the webhook and has handed over records. */
export async function clustersWithWebhook(db: Database): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('clusters')
    .select('name')
    .where('audit_credential_hash', 'is not', null)
    .where('audit_last_event_at', 'is not', null)
    .orderBy(sql`name`)
    .execute();
  return rows.map(({ name }) => name);
}
