// What the pipeline needs for inventories: where they go, and how alerts are filled in from them.
import type { Metrics } from '@yagura/kit';
import type { PipelineOptions } from '../pipeline/start-pipeline.ts';
import type { Database } from '../store/database.ts';
import { enrichEntities } from './enrich.ts';
import { createInventorySink } from './inventory-sink.ts';
import { createPodIndex } from './pod-index.ts';
import { restoreIndex } from './restore-index.ts';

export async function openInventory(
  db: Database,
  metrics: Metrics,
): Promise<Required<Pick<PipelineOptions, 'inventory' | 'enrich'>>> {
  const index = createPodIndex();
  await restoreIndex(db, index);
  return {
    inventory: createInventorySink(db, index, metrics),
    enrich: (entities) => enrichEntities(entities, index),
  };
}
