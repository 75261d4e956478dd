// The pipeline as a program of its own, for tests that kill it: works an event log off, and ends when it is empty.
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEngine, loadRules } from '@yagura/detection';
import { createLogger, createMetrics, systemClock } from '@yagura/kit';
import { openEventLog } from '../event-log/open-event-log.ts';
import { startPipeline } from '../pipeline/start-pipeline.ts';
import { restoreMemory } from '../start/restore-memory.ts';
import { recordAlerts } from '../store/alerts.ts';
import { isDataRefused } from '../store/data-refused.ts';
import { type Connection, openDatabase } from '../store/database.ts';
import { saveMemory } from '../store/rule-memory.ts';

export interface PipelineWork {
  readonly connection: Connection;
  readonly eventLogFolder: string;
  readonly rules: string;
  readonly memoryEveryMs: number;
}

const work = JSON.parse(process.argv[2] ?? '') as PipelineWork;
const log = createLogger({ name: 'pipeline', level: 'warn' });
const db = openDatabase({ connection: work.connection });
using eventLog = openEventLog({ dir: work.eventLogFolder, limitBytes: 1e9, clock: systemClock, log });
const state = await restoreMemory({ db, eventLog, log });
const pipeline = startPipeline({
  ...{ eventLog, isRefusal: isDataRefused, clock: systemClock, log, memoryEveryMs: work.memoryEveryMs },
  engine: createEngine(loadRules([{ path: 'rules.yaml', text: work.rules }]).rules, { state }),
  record: (occurrences) => recordAlerts(db, occurrences),
  saveMemory: (parts, place) => saveMemory(db, parts, place),
  onAlerts: () => {},
  metrics: createMetrics('test'),
});
process.send?.('working');
while (pipeline.status().pendingEvents > 0) await sleep(10);
await pipeline[Symbol.asyncDispose]();
await db.destroy();
