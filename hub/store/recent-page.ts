// Pages of a list that has the newest `last_seen_at` first; each begins after a cursor, so that new rows do not shift it.
import { type RawBuilder, sql } from 'kysely';
import { decodeCursor, encodeCursor } from './cursor.ts';

const defaultLimit = 50;

/** One row more than the page holds tells whether another follows. */
export const rowsToRead = (limit = defaultLimit): number => limit + 1;

export function isBehind(cursor: string | undefined): RawBuilder<boolean> {
  if (cursor === undefined) return sql`true`;
  const { time, id } = decodeCursor(cursor);
  return sql`(last_seen_at, id) < (${time}::timestamptz, ${id}::text)`;
}

export function toRecentPage<Item extends { readonly lastSeenAt: string; readonly id: string }>(
  read: readonly Item[],
  limit = defaultLimit,
): { readonly items: Item[]; readonly next?: string } {
  const items = read.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    ...(read.length > limit && last ? { next: encodeCursor({ time: last.lastSeenAt, id: last.id }) } : {}),
  };
}
