// What the pipeline needs for inventories: where they go, and how alerts are filled in from them.
import type { Clock, Metrics } from '@yagura/kit';
import type { PipelineOptions } from '../pipeline/start-pipeline.ts';
import type { Database } from '../store/database.ts';
import { enrichEntities } from './enrich.ts';
import { createInventorySink } from './inventory-sink.ts';
import { createObjectRoom } from './object-room.ts';
import { createPodIndex } from './pod-index.ts';
import { restoreIndex } from './restore-index.ts';

export interface InventoryOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Kept of each cluster, those that are gone included. */
  readonly maxObjects: number;
}

export async function openInventory({
  db,
  clock,
  metrics,
  maxObjects,
}: InventoryOptions): Promise<Required<Pick<PipelineOptions, 'inventory' | 'enrich'>>> {
  const index = createPodIndex();
  await restoreIndex(db, index);
  return {
    inventory: createInventorySink({ db, index, metrics, room: createObjectRoom({ db, clock, maxObjects }) }),
    enrich: (entities) => enrichEntities(entities, index),
  };
}
