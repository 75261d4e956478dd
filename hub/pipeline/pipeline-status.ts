// How the pipeline is: what it did since the start, how far behind it is, and whether it works.
import type { Clock, Metrics } from '@yagura/kit';
import type { Analysis } from './analyse-block.ts';
import type { Progress } from './progress.ts';

export interface PipelineStatus {
  readonly eventsTotal: number;
  /** Alerts raised. */
  readonly alertsTotal: number;
  /** Events that are not analysed yet. */
  readonly pendingEvents: number;
  /** Age of the oldest events that are not analysed yet. */
  readonly lagMs: number;
  readonly healthy: boolean;
  /** Why it is not. */
  readonly message?: string;
  /** Milliseconds since the epoch: since when it is as `healthy` says. */
  readonly since: number;
}

export interface PipelineStatusOptions {
  readonly progress: Pick<Progress, 'pendingEvents' | 'oldestPendingAt'>;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

export interface PipelineStatusKeeper {
  read(): PipelineStatus;
  analysed(analysis: Analysis): void;
  recorded(raised: number, refused: number): void;
  worked(): void;
  failed(error: unknown): void;
}

export function createPipelineStatus({
  progress,
  clock,
  metrics,
}: PipelineStatusOptions): PipelineStatusKeeper {
  const events = metrics.counter('pipeline_events_total', 'Events analysed');
  const ruledOut = metrics.counter(
    'pipeline_ruled_out_total',
    'Of these, audit events that no rule could want, as a glance showed; they were not parsed',
  );
  const unreadable = metrics.counter(
    'pipeline_unreadable_total',
    'Lines of the event log that could not be read',
  );
  const raised = metrics.counter('pipeline_alerts_total', 'Alerts raised');
  const refusals = metrics.counter('pipeline_refused_total', 'Matches that the database refused to store');
  const lag = metrics.gauge('pipeline_lag_seconds', 'Age of the oldest events that are not analysed yet');
  let [eventsTotal, alertsTotal, since] = [0, 0, clock.now()];
  let message: string | undefined;
  const lagMs = (): number => {
    const oldestAt = progress.oldestPendingAt();
    const behindMs = oldestAt === undefined ? 0 : Math.max(0, clock.now() - oldestAt);
    lag.set(behindMs / 1000);
    return behindMs;
  };
  const become = (next: string | undefined): void => {
    if ((next === undefined) !== (message === undefined)) since = clock.now();
    message = next;
  };
  return {
    read: () => ({
      ...{ eventsTotal, alertsTotal, since, lagMs: lagMs(), pendingEvents: progress.pendingEvents() },
      healthy: message === undefined,
      ...(message === undefined ? {} : { message }),
    }),
    analysed(analysis) {
      eventsTotal += analysis.events;
      events.inc(analysis.events);
      ruledOut.inc(analysis.ruledOut);
      unreadable.inc(analysis.unreadable);
    },
    recorded(count, refused) {
      alertsTotal += count;
      raised.inc(count);
      refusals.inc(refused);
    },
    worked() {
      become(undefined);
      lagMs();
    },
    failed: (error) =>
      become(`detection waits, events are kept: ${error instanceof Error ? error.message : String(error)}`),
  };
}
