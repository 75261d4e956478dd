// Takes what inventories tell out of the event log's blocks, and writes it in their order.
import type { InventoryRecord } from '@yagura/contracts';
import type { Metrics } from '@yagura/kit';
import type { Origin } from '../event-log/block-body.ts';
import type { Database } from '../store/database.ts';
import {
  closeListing,
  removeObjects,
  type Told,
  writeClusterEvents,
  writeObjects,
} from '../store/objects.ts';
import type { ObjectRoom } from './object-room.ts';
import type { PodIndex } from './pod-index.ts';

export interface InventorySink {
  /** Keeps it until `flush`; true when enough is kept. */
  take(record: InventoryRecord, origin: Origin, at: number): boolean;
  /** Writes what was taken. May be called again after an error: what was written twice is the same. */
  flush(): Promise<void>;
}

interface Taken extends Told<InventoryRecord> {
  readonly node: string | undefined;
}

/** Rows of one statement, and what is held of a round. */
const maxTaken = 1_000;

export interface InventorySinkOptions {
  readonly db: Database;
  readonly index: PodIndex;
  readonly room: ObjectRoom;
  readonly metrics: Metrics;
}

export function createInventorySink({ db, index, room, metrics }: InventorySinkOptions): InventorySink {
  const records = metrics.counter('inventory_records_total', 'Records of inventories that were stored', [
    'kind',
  ]);
  const indexed = metrics.gauge(
    'inventory_indexed_objects',
    'Pods and workloads that alerts are filled in from',
  );
  const leftOut = metrics.gauge(
    'inventory_left_out_objects',
    'Pods and workloads that found no room in memory',
  );
  let taken: Taken[] = [];
  return {
    take(record, { cluster, node }, at) {
      // Ingest takes none without; of a block from before that was so, nothing could be said.
      if (cluster === undefined) return false;
      const one = { cluster, node, record, at };
      taken.push(one);
      // At once, so that alerts of the same round are filled in already.
      toIndex(index, one);
      return taken.length >= maxTaken;
    },
    async flush() {
      if (taken.length === 0) return;
      await write({ db, room }, taken);
      for (const { record } of taken) records.inc({ kind: record.kind });
      taken = [];
      indexed.set(index.size);
      leftOut.set(index.leftOut);
    },
  };
}

function toIndex(index: PodIndex, { cluster, record }: Taken): void {
  if (record.kind !== 'object.observed' && record.kind !== 'object.removed') return;
  const place = { cluster, ...record, namespace: record.namespace ?? '' };
  if (place.kind === 'object.observed') index.put({ ...place, cluster });
  else index.remove({ ...place, cluster });
}

type Store = Pick<InventorySinkOptions, 'db' | 'room'>;

/** A listing stands for what was told before it, so that it parts the batch. */
async function write(store: Store, taken: readonly Taken[]): Promise<void> {
  let from = 0;
  for (const [at, one] of taken.entries()) {
    const { record } = one;
    if (record.kind !== 'inventory.listed') continue;
    await writeSome(store, taken.slice(from, at));
    await closeListing(store.db, { ...one, record }, one.node);
    from = at + 1;
  }
  await writeSome(store, taken.slice(from));
}

async function writeSome({ db, room }: Store, taken: readonly Taken[]): Promise<void> {
  const latest = new Map<string, Taken>();
  for (const one of taken)
    if (one.record.kind !== 'inventory.listed')
      latest.set(`${one.record.kind === 'cluster.event.reported'}/${one.record.uid}/${one.cluster}`, one);
  const all = [...latest.values()];
  await writeObjects(db, await room.admit(ofKind(all, 'object.observed')));
  await removeObjects(db, ofKind(all, 'object.removed'));
  await writeClusterEvents(db, ofKind(all, 'cluster.event.reported'));
}

const ofKind = <K extends InventoryRecord['kind']>(
  taken: readonly Taken[],
  kind: K,
): readonly Told<Extract<InventoryRecord, { kind: K }>>[] =>
  taken.filter((one): one is Taken & Told<Extract<InventoryRecord, { kind: K }>> => one.record.kind === kind);
