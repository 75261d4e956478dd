// From the event log to alerts: each block is analysed, what matched is recorded, and only then the block may go.
import type { Entities } from '@yagura/contracts';
import type { Engine } from '@yagura/detection';
import { backoffMs, type Clock, createBell, type Logger, type Metrics, sleep } from '@yagura/kit';
import type { EventLog } from '../event-log/event-log.ts';
import type { InventorySink } from '../inventory/inventory-sink.ts';
import type { AlertChange, Occurrence } from '../store/alerts.ts';
import { type AnalyseOptions, type Analysis, analyseBlock } from './analyse-block.ts';
import { createExchange, type EngineChange } from './exchange.ts';
import { createMemoryKeeper, type MemoryKeeperOptions } from './memory-keeper.ts';
import { createPipelineStatus, type PipelineStatus, type PipelineStatusKeeper } from './pipeline-status.ts';
import { createProgress, type Progress } from './progress.ts';
import { type Record, recordOccurrences } from './record-occurrences.ts';

export interface PipelineOptions {
  readonly eventLog: Pick<EventLog, 'read' | 'remove' | 'onAppend' | 'stats'>;
  readonly engine: Engine;
  /** Records matches in one transaction and says which alerts changed; recording one twice changes nothing. */
  readonly record: Record;
  /** Whether an error of `record` is the fault of what was to be recorded; any other is waited out. */
  readonly isRefusal: (error: unknown) => boolean;
  /** Saves what rules remember, with the place in the event log that it stands for. */
  readonly saveMemory: MemoryKeeperOptions['save'];
  readonly memoryEveryMs?: number;
  /** Without one, what inventories tell is passed over. */
  readonly inventory?: InventorySink;
  readonly enrich?: (entities: Entities) => Entities;
  readonly onAlerts: (changes: readonly AlertChange[]) => void;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

export interface Pipeline extends AsyncDisposable {
  status(): PipelineStatus;
  /** Another engine takes over between two blocks: no event is lost, none is seen by both. */
  exchange(change: EngineChange): Promise<void>;
  /** Within a change: saves what rules remember now. */
  saveMemory(): Promise<void>;
}

const maxBlocks = 64;
const maxBytes = 4 * 1024 * 1024;
/** Memory of a round is bounded by this: drafts carry their event and rule. */
const maxOccurrences = 1_000;
/** A ring is never missed; this is for a log that another hand filled, and for memory that waits to be saved. */
const idleMs = 1_000;
const backoff = { minMs: 100, maxMs: 5_000 };

export function startPipeline(options: PipelineOptions): Pipeline {
  const { eventLog, clock, metrics, log } = options;
  const { state } = options.engine;
  const abort = new AbortController();
  const { signal } = abort;
  const bell = createBell();
  const stopListening = eventLog.onAppend(bell.ring);
  const exchange = createExchange(bell.ring);
  const progress = createProgress(eventLog);
  const status = createPipelineStatus({ progress, clock, metrics });
  const { saveMemory: save, memoryEveryMs: everyMs } = options;
  const keeper = createMemoryKeeper({
    ...{ state, progress, eventLog, save, metrics },
    ...(everyMs === undefined ? {} : { everyMs }),
  });
  /** At the end of the hub work is still tried once. */
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++)
      try {
        return await work();
      } catch (error) {
        if (signal.aborted) throw error;
        if (attempt === 1) log.error({ err: error }, 'detection waits; events are kept in the event log');
        status.failed(error);
        await sleep(backoffMs(attempt, backoff), signal);
      }
  };
  const record = async (occurrences: readonly Occurrence[]): Promise<void> =>
    patiently(() => recordOne(options, status, occurrences));
  const flushInventory = (): Promise<void> => patiently(async () => options.inventory?.flush());
  let engine = options.engine;
  const running = run();
  return {
    status: status.read,
    exchange: exchange.request,
    saveMemory: keeper.save,
    async [Symbol.asyncDispose]() {
      stopListening();
      abort.abort();
      bell.ring();
      await running;
      exchange.close();
    },
  };

  async function run(): Promise<void> {
    try {
      while (!signal.aborted) {
        engine = await exchange.make(engine);
        const blocks = await patiently(async () =>
          eventLog.read({ after: progress.seq(), maxBlocks, maxBytes }),
        );
        await analyseBlocks(blocks, { engine, record, flushInventory, options, progress, status, signal });
        await patiently(() => keeper.settle());
        status.worked();
        if (blocks.length === 0) await bell.wait(idleMs);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
      // What was recorded last is not known: the place that was saved before holds.
      return;
    }
    await keeper
      .save()
      .catch((error: unknown) => log.warn({ err: error }, 'the memory of rules is as it was saved last'));
  }
}

interface RoundOptions {
  readonly engine: Engine;
  readonly record: (occurrences: readonly Occurrence[]) => Promise<void>;
  readonly flushInventory: () => Promise<void>;
  readonly options: Pick<PipelineOptions, 'inventory' | 'enrich'>;
  readonly progress: Progress;
  readonly status: PipelineStatusKeeper;
  readonly signal: AbortSignal;
}

/** No event is shown to rules twice: what they remember of it would be wrong. So only recording is tried again. */
async function analyseBlocks(
  blocks: Awaited<ReturnType<EventLog['read']>>,
  { engine, record, flushInventory, options, progress, status, signal }: RoundOptions,
): Promise<void> {
  const analyses: Analysis[] = [];
  let pending: Occurrence[] = [];
  const flush = async (): Promise<void> => {
    const taken = pending;
    pending = [];
    if (taken.length > 0) await record(taken);
  };
  const onOccurrence = (occurrence: Occurrence): Promise<void> | undefined => {
    pending.push(occurrence);
    return pending.length >= maxOccurrences ? flush() : undefined;
  };
  const { inventory, enrich } = options;
  const onInventory: AnalyseOptions['onInventory'] = (...told) =>
    inventory?.take(...told) ? flushInventory() : undefined;
  const how = { engine, onOccurrence, onInventory, ...(enrich === undefined ? {} : { enrich }) };
  for (const block of blocks) {
    if (signal.aborted) break;
    analyses.push(await analyseBlock(block, how));
  }
  await flush();
  await flushInventory();
  progress.advance(blocks.slice(0, analyses.length));
  for (const analysis of analyses) status.analysed(analysis);
}

async function recordOne(
  options: PipelineOptions,
  status: PipelineStatusKeeper,
  occurrences: readonly Occurrence[],
): Promise<void> {
  const { changes, refused } = await recordOccurrences(options.record, occurrences, options.isRefusal);
  for (const { occurrence, error } of refused)
    options.log.error(
      { err: error, alert: occurrence.alert.id, rule: occurrence.alert.rule },
      'match refused',
    );
  status.recorded(changes.filter(({ kind }) => kind === 'raised').length, refused.length);
  if (changes.length > 0) options.onAlerts(changes);
}
