// Nodes as the console shows them: state, last contact, components, losses.
import type { AgentState, Node } from '@yagura/contracts';
import type { Selectable } from 'kysely';
import { revokeAgent } from './agents.ts';
import type { Database } from './database.ts';
import type { AgentTable } from './fleet-tables.ts';
import { type LossSummary, readLosses } from './losses.ts';

/** Heartbeats come every 15 s; after this long three were missed, and the next is due. */
export const offlineAfterMs = 60_000;

export async function listNodes(db: Database, now: number): Promise<readonly Node[]> {
  const rows = await db
    .selectFrom('agents')
    .selectAll()
    .where('role', '=', 'node')
    .orderBy('cluster')
    .orderBy('name')
    .execute();
  // After them, as heartbeats write losses before the rest.
  const losses = await readLosses(db, 'agent');
  return rows.map((row) => toNode(row, losses.get(row.id), now));
}

/** `undefined` where there is no such node. */
export async function revokeNode(db: Database, id: string, now: number): Promise<Node | undefined> {
  const row = await findNode(db, id);
  if (row === undefined) return undefined;
  await revokeAgent(db, id, now);
  const [revoked, losses] = await Promise.all([findNode(db, id), readLosses(db, 'agent')]);
  return revoked && toNode(revoked, losses.get(id), now);
}

const findNode = (db: Database, id: string): Promise<Selectable<AgentTable> | undefined> =>
  db.selectFrom('agents').selectAll().where('id', '=', id).where('role', '=', 'node').executeTakeFirst();

function toNode(row: Selectable<AgentTable>, lost: LossSummary | undefined, now: number): Node {
  return {
    id: row.id,
    name: row.name,
    ...(row.cluster === '' ? {} : { cluster: row.cluster }),
    state: stateOf(row, now),
    registeredAt: row.registered_at,
    ...(row.last_contact_at === null ? {} : { lastContactAt: row.last_contact_at }),
    certificateExpiresAt: row.certificate_expires_at,
    ...(row.kernel === null ? {} : { kernel: row.kernel }),
    ...(row.os === null ? {} : { os: row.os }),
    components: row.components,
    losses: lost?.losses ?? [],
    lossTotal: lost?.lossTotal ?? 0,
    ...(row.spool ? { spool: row.spool } : {}),
    eventsTotal: row.events_total,
  };
}

type StateFacts = Pick<
  Selectable<AgentTable>,
  'revoked_at' | 'certificate_expires_at' | 'last_contact_at' | 'registered_at'
>;

/** The state is never stored: it follows from what is known and the time. */
export function stateOf(agent: StateFacts, now: number, offlineMs = offlineAfterMs): AgentState {
  if (agent.revoked_at !== null) return 'revoked';
  if (Date.parse(agent.certificate_expires_at) <= now) return 'expired';
  const lastContact = agent.last_contact_at === null ? undefined : Date.parse(agent.last_contact_at);
  // Registered (again), but not heard of with this certificate yet.
  if (lastContact === undefined || lastContact < Date.parse(agent.registered_at)) return 'connecting';
  return now - lastContact > offlineMs ? 'offline' : 'connected';
}
