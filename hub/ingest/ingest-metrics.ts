// What the agents' port counts about itself.
import type { Metrics } from '@yagura/kit';

export type IngestMetrics = ReturnType<typeof createIngestMetrics>;

// The return type is what prom-client makes of these labels.
export function createIngestMetrics(metrics: Metrics) {
  return {
    events: metrics.counter('ingest_events_total', 'Events that are durable in the event log', ['kind']),
    rejected: metrics.counter('ingest_rejected_total', 'Lines and audit records that were not taken', [
      'code',
    ]),
    answers: metrics.counter('ingest_answers_total', 'Answers on the agents’ port', ['endpoint', 'code']),
    seconds: metrics.histogram('ingest_seconds', 'Time to answer on the agents’ port', {
      labels: ['endpoint'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    }),
    connections: metrics.gauge('ingest_connections', 'Open connections on the agents’ port'),
  };
}
