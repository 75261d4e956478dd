// What rules remember, as it is kept: each part beside the others, together with the place in the event log.
import type { StatePart } from '@yagura/detection';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { decodePart, type MemoryPart } from './memory-part.ts';
import { storableText } from './storable.ts';

/** Up to where events are in the memory. */
export interface MemoryPlace {
  /** When that event log was made, milliseconds since the epoch. */
  readonly log: number;
  readonly seq: number;
}

/** As many rows go into one statement as are some megabytes at the most. */
const rowsPerStatement = 16;

/** In one transaction: the memory is never of another place than the one that is written beside it. */
export async function saveMemory(
  db: Database,
  parts: readonly MemoryPart[],
  place: MemoryPlace,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await writeParts(transaction, parts);
    await sql`
      INSERT INTO rule_memory_place (log, seq) VALUES (${place.log}::bigint, ${place.seq}::bigint)
      ON CONFLICT (id) DO UPDATE SET log = excluded.log, seq = excluded.seq, saved_at = clock_timestamp()`.execute(
      transaction,
    );
  });
}

/** Adds parts, or replaces those of the same rule and cluster. */
export async function writeParts(db: Database, parts: readonly MemoryPart[]): Promise<void> {
  const rows = uniqueRows(parts);
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const some = rows.slice(from, from + rowsPerStatement);
    await sql`
      INSERT INTO rule_memory (rule, cluster, body)
      SELECT * FROM unnest(${some.map(({ rule }) => rule)}::text[], ${some.map(({ cluster }) => cluster)}::text[],
        ${some.map(({ body }) => body)}::bytea[])
      ON CONFLICT (rule, cluster) DO UPDATE SET body = excluded.body, saved_at = clock_timestamp()`.execute(
      db,
    );
  }
}

/** Names that only PostgreSQL cannot tell apart would make it refuse the whole statement, again and again. */
function uniqueRows(parts: readonly MemoryPart[]): readonly MemoryPart[] {
  const rows = new Map<string, MemoryPart>();
  for (const part of parts) {
    const [rule, cluster] = [storableText(part.rule), storableText(part.cluster)];
    rows.set(JSON.stringify([rule, cluster]), { rule, cluster, body: part.body });
  }
  return [...rows.values()];
}

export async function readPlace(db: Database): Promise<MemoryPlace | undefined> {
  return db.selectFrom('rule_memory_place').select(['log', 'seq']).executeTakeFirst();
}

export interface KeptMemory {
  readonly parts: readonly StatePart[];
  /** Parts that could not be read, or were too much. */
  readonly leftOut: number;
}

/** What is restored into memory at the most, compressed. */
const restoreBytes = 256 * 1024 * 1024;
const partsPerPage = 64;

export interface MemoryFilter {
  readonly rule?: string | undefined;
  readonly cluster?: string | undefined;
}

/** Page by page, by rule and cluster, so that no more than a page is held. */
export async function* memoryPages(
  db: Database,
  { rule, cluster }: MemoryFilter = {},
): AsyncGenerator<readonly MemoryPart[]> {
  let last = { rule: '', cluster: '' };
  for (let isFirst = true; ; isFirst = false) {
    const page = await db
      .selectFrom('rule_memory')
      .select(['rule', 'cluster', 'body'])
      .$if(rule !== undefined, (query) => query.where('rule', '=', rule ?? ''))
      .$if(cluster !== undefined, (query) => query.where('cluster', '=', cluster ?? ''))
      .$if(!isFirst, (query) => query.where(sql<boolean>`(rule, cluster) > (${last.rule}, ${last.cluster})`))
      .orderBy('rule')
      .orderBy('cluster')
      .limit(partsPerPage)
      .execute();
    if (page.length > 0) yield page;
    last = page.at(-1) ?? last;
    if (page.length < partsPerPage) return;
  }
}

export async function readMemory(db: Database): Promise<KeptMemory> {
  const parts: StatePart[] = [];
  let [leftOut, bytes] = [0, 0];
  for await (const page of memoryPages(db))
    for (const row of page) {
      bytes += row.body.byteLength;
      const part = bytes > restoreBytes ? undefined : await decodePart(row.body);
      if (part === undefined) leftOut += 1;
      else parts.push(part);
    }
  return { parts, leftOut };
}

const quietDays = 180;
const goneRuleDays = 30;
const maxParts = 20_000;

/** Removes parts of rules that are gone, of clusters that are quiet for long, and what is over the limit. Returns how many. */
export async function removeOldMemory(db: Database, rules: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM rule_memory WHERE saved_at < clock_timestamp() - ${`${quietDays} days`}::interval
      OR (saved_at < clock_timestamp() - ${`${goneRuleDays} days`}::interval AND rule <> ALL (${[...rules]}::text[]))
      OR ctid = ANY (ARRAY(SELECT ctid FROM rule_memory ORDER BY saved_at DESC OFFSET ${sql.lit(maxParts)}))`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0);
}
