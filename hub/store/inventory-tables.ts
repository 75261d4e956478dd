// Tables of what clusters consist of.
import type { ObjectFacts } from '@yagura/contracts';
import type { ColumnType } from 'kysely';

export interface ObjectTable {
  cluster: string;
  uid: string;
  resource: string;
  /** '' for none. */
  namespace: string;
  name: string;
  /** Name of what it belongs to, beside `facts`, to filter by. */
  workload: string | null;
  facts: ColumnType<ObjectFacts, string, string>;
  /** Of the inventory that told it last. */
  generation: string;
  created_at: string | null;
  first_seen_at: string;
  last_seen_at: string;
  removed_at: string | null;
}

/** One row for each resource that a cluster's inventory has told as a whole. */
export interface InventoryTable {
  cluster: string;
  resource: string;
  generation: string;
  complete: boolean;
  message: string | null;
  listed_at: string;
  reported_by: string | null;
}

export interface ClusterEventTable {
  cluster: string;
  uid: string;
  namespace: string;
  type: string;
  reason: string;
  message: string;
  object_kind: string;
  object_name: string;
  count: number;
  first_seen_at: string;
  last_seen_at: string;
}

export interface InventoryTables {
  objects: ObjectTable;
  inventories: InventoryTable;
  cluster_events: ClusterEventTable;
}
