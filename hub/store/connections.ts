// Connections of clusters: asked for, made, refused, revoked, forgotten.
import type { Cluster, ClusterConnection, ConnectionProblem } from '@yagura/contracts';
import type { Selectable } from 'kysely';
import { endAgent } from './agents.ts';
import type { Database } from './database.ts';
import type { AgentTable, ClusterTable } from './fleet-tables.ts';
import { stateOf } from './nodes.ts';
import { createRegistrationToken, endClusterTokens, type RegistrationToken } from './registration-tokens.ts';
import { storableJson } from './storable.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

export interface ConnectionWish {
  readonly name: string;
  readonly hours?: number | undefined;
  readonly createdBy: string;
  readonly now: number;
}

/** A token for this cluster's agent alone, used once. The tokens that were made for it before end. */
export function askForConnection(db: Database, wish: ConnectionWish): Promise<RegistrationToken> {
  const { name, hours, createdBy, now } = wish;
  return db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('clusters')
      .values({ name, provider: 'kubernetes', created_at: iso(now), connect_asked_at: iso(now) })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet({ connect_asked_at: iso(now), connect_problem: null }),
      )
      .execute();
    await transaction
      .deleteFrom('registration_tokens')
      .where('role', '=', 'cluster')
      .where('name', '=', name)
      .execute();
    return createRegistrationToken(transaction, {
      role: 'cluster',
      name,
      createdBy,
      now,
      ...(hours === undefined ? {} : { hours }),
    });
  });
}

/** What a refused agent would tell nobody else: it stands with its cluster until a try works. */
export async function noteConnectionProblem(
  db: Database,
  name: string,
  problem: ConnectionProblem,
): Promise<void> {
  await db
    .updateTable('clusters')
    .set({ connect_problem: storableJson(problem) })
    .where('name', '=', name)
    .execute();
}

const agentOf = (db: Database, cluster: string) =>
  db.selectFrom('agents').select('id').where('role', '=', 'cluster').where('cluster', '=', cluster);

/** False where there is no such connection. The agent is forgotten, and with it the tokens that were made for it. */
export function forgetConnection(db: Database, name: string, now: number): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const agents = await agentOf(transaction, name).execute();
    for (const { id } of agents) await endAgent(transaction, id, now);
    await transaction
      .deleteFrom('agents')
      .where('role', '=', 'cluster')
      .where('cluster', '=', name)
      .execute();
    await transaction
      .deleteFrom('registration_tokens')
      .where('role', '=', 'cluster')
      .where('name', '=', name)
      .execute();
    await endClusterTokens(transaction, name);
    // Without an agent nothing comes of them; what it installed went with it.
    await transaction.deleteFrom('extensions').where('cluster', '=', name).execute();
    const row = await transaction
      .updateTable('clusters')
      .set({ connect_asked_at: null, connect_problem: null })
      .where('name', '=', name)
      .where('connect_asked_at', 'is not', null)
      .returning('name')
      .executeTakeFirst();
    return row !== undefined || agents.length > 0;
  });
}

/**
 * Agent, nodes and audit credential: nothing speaks for this cluster any more. What it consisted of is kept as gone for as
 * long as other objects that are. False where there is none.
 */
export function revokeCluster(db: Database, name: string, now: number): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable('clusters')
      .set({ audit_credential_hash: null })
      .where('name', '=', name)
      .returning('name')
      .executeTakeFirst();
    if (row === undefined) return false;
    const agents = await transaction.selectFrom('agents').select('id').where('cluster', '=', name).execute();
    for (const { id } of agents) await endAgent(transaction, id, now);
    await transaction.deleteFrom('registration_tokens').where('name', '=', name).execute();
    await endClusterTokens(transaction, name);
    await endInventory(transaction, name, now);
    return true;
  });
}

async function endInventory(db: Database, cluster: string, now: number): Promise<void> {
  await db
    .updateTable('objects')
    .set({ removed_at: new Date(now).toISOString() })
    .where('cluster', '=', cluster)
    .where('removed_at', 'is', null)
    .execute();
  await db.deleteFrom('inventories').where('cluster', '=', cluster).execute();
}

export interface ConnectionView {
  readonly now: number;
  /** Without a heartbeat for this long it is offline. */
  readonly offlineAfterMs: number;
  /** Without an audit event for this long its audit log has fallen silent. */
  readonly auditSilentAfterMs: number;
  readonly isTunnelOpen: (cluster: string) => boolean;
}

/** By cluster. */
export async function readClusterAgents(db: Database): Promise<ReadonlyMap<string, Selectable<AgentTable>>> {
  const rows = await db.selectFrom('agents').selectAll().where('role', '=', 'cluster').execute();
  return new Map(rows.map((row) => [row.cluster || row.name, row]));
}

/** `undefined` where nobody has asked for one. */
export function connectionOf(
  cluster: Selectable<ClusterTable>,
  agent: Selectable<AgentTable> | undefined,
  view: ConnectionView,
): Cluster['connection'] {
  const problem = cluster.connect_problem === null ? {} : { problem: cluster.connect_problem };
  if (agent !== undefined) return { ...toConnection(agent, view, cluster.name), ...problem };
  if (cluster.connect_asked_at === null) return undefined;
  return { state: 'connecting', tunnelOpen: false, roles: [], components: [], ...problem };
}

function toConnection(
  agent: Selectable<AgentTable>,
  { now, offlineAfterMs, isTunnelOpen }: ConnectionView,
  cluster: string,
): ClusterConnection {
  const { kubernetesVersion, roles = [] } = agent.cluster_report ?? {};
  return {
    state: stateOf(agent, now, offlineAfterMs),
    agentId: agent.id,
    registeredAt: agent.registered_at,
    ...(agent.last_contact_at === null ? {} : { lastContactAt: agent.last_contact_at }),
    certificateExpiresAt: agent.certificate_expires_at,
    tunnelOpen: isTunnelOpen(cluster),
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    roles,
    components: agent.components,
  };
}
