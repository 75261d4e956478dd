// Extensions of clusters: wanted by generation, and reported on by the agent.
import { isDeepStrictEqual } from 'node:util';
import type {
  DesiredExtension,
  Extension,
  ExtensionName,
  ExtensionReport,
  ExtensionValues,
} from '@yagura/contracts';
import type { Selectable } from 'kysely';
import type { Database } from './database.ts';
import type { ExtensionTable } from './extension-tables.ts';
import { storableJson } from './storable.ts';

type Row = Selectable<ExtensionTable>;

export interface ExtensionWish {
  readonly cluster: string;
  readonly name: ExtensionName;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly by: string;
  /** What shall be, given what was wanted before. `undefined`: leave it. */
  readonly want: (before: DesiredExtension | undefined) => Wanted | undefined;
}

export interface Wanted {
  readonly chart: string;
  readonly version: string;
  readonly values: ExtensionValues;
  readonly state: DesiredExtension['state'];
}

/**
 * Only a change makes a new generation. `onChange` runs in the same transaction. `undefined` where there is no such
 * cluster, or nothing to want.
 */
export function wantExtension(
  db: Database,
  wish: ExtensionWish,
  onChange: (transaction: Database, now: Extension) => Promise<void>,
): Promise<Extension | undefined> {
  return db.transaction().execute(async (transaction) => {
    // Two wishes at once wait for each other here.
    const cluster = await transaction
      .selectFrom('clusters')
      .select('name')
      .where('name', '=', wish.cluster)
      .forUpdate()
      .executeTakeFirst();
    if (cluster === undefined) return undefined;
    const before = await readExtension(transaction, wish.cluster, wish.name);
    const wanted = wish.want(before && toDesired(before));
    if (wanted === undefined || (before !== undefined && isSame(before, wanted)))
      return before && toExtension(before);
    const row = await write(transaction, wish, wanted);
    const extension = toExtension(row);
    await onChange(transaction, extension);
    return extension;
  });
}

const isSame = (row: Row, { chart, version, values, state }: Wanted): boolean =>
  row.chart === chart &&
  row.version === version &&
  row.state === state &&
  isDeepStrictEqual(row.values, values);

function write(db: Database, { cluster, name, now, by }: ExtensionWish, wanted: Wanted): Promise<Row> {
  const columns = {
    ...wanted,
    values: storableJson(wanted.values),
    changed_at: new Date(now).toISOString(),
    changed_by: by,
  };
  return db
    .insertInto('extensions')
    .values({ cluster, name, generation: 1, ...columns })
    .onConflict((conflict) =>
      conflict
        .columns(['cluster', 'name'])
        .doUpdateSet((row) => ({ ...columns, generation: row('extensions.generation', '+', 1) })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

const readExtension = (db: Database, cluster: string, name: string): Promise<Row | undefined> =>
  db
    .selectFrom('extensions')
    .selectAll()
    .where('cluster', '=', cluster)
    .where('name', '=', name as ExtensionName)
    .executeTakeFirst();

const readExtensions = (db: Database, cluster: string): Promise<readonly Row[]> =>
  db.selectFrom('extensions').selectAll().where('cluster', '=', cluster).orderBy('name').execute();

export async function findExtension(
  db: Database,
  cluster: string,
  name: string,
): Promise<Extension | undefined> {
  const row = await readExtension(db, cluster, name);
  return row && toExtension(row);
}

export const listExtensions = async (db: Database, cluster: string): Promise<readonly Extension[]> =>
  (await readExtensions(db, cluster)).map(toExtension);

/** Takes reports, and says what is wanted. A report on a generation before the one reported last comes too late. */
export function exchangeExtensions(
  db: Database,
  cluster: string,
  reports: readonly ExtensionReport[],
): Promise<{ readonly desired: DesiredExtension[]; readonly reported: ExtensionReport[] }> {
  return db.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom('extensions')
      .selectAll()
      .where('cluster', '=', cluster)
      .orderBy('name')
      .forUpdate()
      .execute();
    const reported = new Map(
      rows.flatMap((row) => (row.reported ? [[row.name, row.reported] as const] : [])),
    );
    for (const report of reports) {
      const row = rows.find(({ name }) => name === report.name);
      const last = reported.get(report.name);
      if (row === undefined || report.generation > row.generation) continue;
      if (last !== undefined && (report.generation < last.generation || isDeepStrictEqual(last, report)))
        continue;
      reported.set(report.name, report);
      await transaction
        .updateTable('extensions')
        .set({ reported: storableJson(report) })
        .where('cluster', '=', cluster)
        .where('name', '=', report.name)
        .execute();
    }
    return { desired: rows.map(toDesired), reported: [...reported.values()] };
  });
}

/** Whether any is to be there, which is when nodes of the cluster may be registered by its agent. */
export async function wantsExtensions(db: Database, cluster: string): Promise<boolean> {
  const row = await db
    .selectFrom('extensions')
    .select('name')
    .where('cluster', '=', cluster)
    .where('state', '=', 'installed')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const toDesired = ({ name, generation, chart, version, values, state }: Row): DesiredExtension => ({
  ...{ name, generation, chart, version, values, state },
});

function toExtension(row: Row): Extension {
  const { name, ...desired } = toDesired(row);
  const isTaken = row.reported?.generation === row.generation;
  const base = { cluster: row.cluster, name, desired, changedAt: row.changed_at, changedBy: row.changed_by };
  if (row.reported === null) return { ...base, status: 'pending' };
  const { name: _, ...reported } = row.reported;
  return { ...base, status: isTaken ? reported.status : 'pending', reported };
}
