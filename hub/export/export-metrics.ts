// Counters of export, by destination.
import type { Metrics } from '@yagura/kit';

export interface ExportMetrics {
  delivered(destination: string, messages: number): void;
  failed(destination: string): void;
  dead(destination: string, messages: number, dropped: number): void;
  backlog(destination: string, backlog: { readonly waiting: number; readonly lagMs: number }): void;
  forget(destination: string): void;
}

export function createExportMetrics(metrics: Metrics): ExportMetrics {
  const labels = ['destination'] as const;
  const delivered = metrics.counter('export_delivered_total', 'Alert messages that arrived', labels);
  const failed = metrics.counter('export_failures_total', 'Attempts that failed and are repeated', labels);
  const dead = metrics.counter('export_dead_letters_total', 'Alert messages that were given up', labels);
  const dropped = metrics.counter(
    'export_dead_letters_dropped_total',
    'Dead letters that were too many',
    labels,
  );
  const waiting = metrics.gauge('export_waiting', 'Changed alerts that wait for a destination', labels);
  const lag = metrics.gauge('export_lag_seconds', 'Age of the oldest message that waits', labels);
  return {
    delivered: (destination, messages) => delivered.inc({ destination }, messages),
    failed: (destination) => failed.inc({ destination }),
    dead(destination, messages, gone) {
      dead.inc({ destination }, messages);
      dropped.inc({ destination }, gone);
    },
    backlog(destination, backlog) {
      waiting.set({ destination }, backlog.waiting);
      lag.set({ destination }, backlog.lagMs / 1000);
    },
    forget(destination) {
      waiting.remove({ destination });
      lag.remove({ destination });
    },
  };
}
