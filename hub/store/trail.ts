// The trail: who changed what, in order, never changed afterwards.
import type { TrailEntry } from '@yagura/contracts';
import type { Database } from './database.ts';
import { storableJson, storableText } from './storable.ts';

export interface NewTrailEntry {
  readonly actor: string;
  /** Endpoint id. */
  readonly action: string;
  readonly target?: string | undefined;
  readonly detail?: unknown;
}

export async function recordTrail(db: Database, entry: NewTrailEntry): Promise<void> {
  await db
    .insertInto('trail')
    .values({
      actor: storableText(entry.actor),
      action: entry.action,
      target: entry.target === undefined ? null : storableText(entry.target),
      detail: entry.detail === undefined ? null : storableJson(entry.detail),
    })
    .execute();
}

const defaultLimit = 100;

export async function listTrail(
  db: Database,
  { limit = defaultLimit, before }: { readonly limit?: number; readonly before?: number },
): Promise<readonly TrailEntry[]> {
  const rows = await db
    .selectFrom('trail')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    time: row.time,
    actor: row.actor,
    action: row.action,
    ...(row.target === null ? {} : { target: row.target }),
    ...(row.detail === null ? {} : { detail: row.detail }),
  }));
}
