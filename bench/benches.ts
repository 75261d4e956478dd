// The list of all benches: a new one is a file and a line here.
import { auditBench } from './audit.ts';
import type { Bench } from './bench.ts';
import { ingestBench } from './ingest.ts';
import { inventoryBench } from './inventory.ts';
import { memoryBench } from './memory.ts';
import { processBench } from './process.ts';

export const benches: Readonly<Record<string, Bench>> = {
  audit: auditBench,
  ingest: ingestBench,
  inventory: inventoryBench,
  memory: memoryBench,
  process: processBench,
};
