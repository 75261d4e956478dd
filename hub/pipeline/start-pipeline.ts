// From the event log to alerts: each block is analysed, what matched is recorded, and only then the block is removed.
import type { Engine } from '@yagura/detection';
import { type Clock, type Logger, type Metrics, retry } from '@yagura/kit';
import type { EventLog } from '../event-log/event-log.ts';
import type { AlertChange, Occurrence } from '../store/alerts.ts';
import { type Analysis, analyseBlock } from './analyse-block.ts';
import { createPipelineStatus, type PipelineStatus, type PipelineStatusKeeper } from './pipeline-status.ts';
import { type Record, recordOccurrences } from './record-occurrences.ts';
import { createWake } from './wake.ts';

export interface PipelineOptions {
  readonly eventLog: Pick<EventLog, 'read' | 'remove' | 'onAppend' | 'stats'>;
  readonly engine: Engine;
  /** Records matches in one transaction and says which alerts changed; recording one twice changes nothing. */
  readonly record: Record;
  /** Whether an error of `record` is the fault of what was to be recorded; any other is waited out. */
  readonly isRefusal: (error: unknown) => boolean;
  readonly onAlerts: (changes: readonly AlertChange[]) => void;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

export interface Pipeline extends AsyncDisposable {
  status(): PipelineStatus;
}

const maxBlocks = 64;
const maxBytes = 4 * 1024 * 1024;
/** Memory of a round is bounded by this: drafts carry their event and rule. */
const maxOccurrences = 1_000;
/** A ring is never missed; this is for a log that another hand filled. */
const idleMs = 1_000;
const backoff = { minMs: 100, maxMs: 5_000 };

export function startPipeline(options: PipelineOptions): Pipeline {
  const { eventLog, clock, metrics } = options;
  const abort = new AbortController();
  const wake = createWake();
  const stopListening = eventLog.onAppend(wake.ring);
  const status = createPipelineStatus({ eventLog, clock, metrics });
  const round = createRound(options, status);
  const running = run();
  return {
    status: status.read,
    async [Symbol.asyncDispose]() {
      stopListening();
      abort.abort();
      wake.ring();
      await running;
    },
  };

  async function run(): Promise<void> {
    const { signal } = abort;
    while (!signal.aborted) {
      try {
        const isIdle = await retry(() => round(signal), { signal, ...backoff, onRetry });
        if (isIdle) await wake.wait(idleMs);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }

  function onRetry(error: unknown, attempt: number): void {
    if (attempt === 1) options.log.error({ err: error }, 'detection waits; events are kept in the event log');
    status.failed(error);
  }
}

/** One round: some blocks, all of them recorded before they are removed. Resolves to true when there was nothing to do. */
function createRound(
  options: PipelineOptions,
  status: PipelineStatusKeeper,
): (signal: AbortSignal) => Promise<boolean> {
  const { eventLog } = options;
  return async (signal) => {
    const blocks = eventLog.read({ maxBlocks, maxBytes });
    const last = blocks.at(-1);
    if (last === undefined) {
      status.worked();
      return true;
    }
    const analyses: Analysis[] = [];
    let pending: Occurrence[] = [];
    const flush = async (): Promise<void> => {
      const taken = pending;
      pending = [];
      await record(options, status, taken);
    };
    const onOccurrence = (occurrence: Occurrence): Promise<void> | undefined => {
      pending.push(occurrence);
      return pending.length >= maxOccurrences ? flush() : undefined;
    };
    for (const block of blocks) {
      signal.throwIfAborted();
      analyses.push(await analyseBlock(block, { engine: options.engine, onOccurrence }));
    }
    await flush();
    eventLog.remove(last.seq);
    for (const analysis of analyses) status.analysed(analysis);
    status.worked();
    return false;
  };
}

async function record(
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
