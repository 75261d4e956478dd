// Counters of the API's port.
import type { Endpoint } from '@yagura/contracts';
import type { Metrics } from '@yagura/kit';
import type { AlertFeed } from './alert-feed.ts';

export type OnAnswer = (endpoint: Endpoint, status: number, tookMs: number) => void;

export function createApiMetrics(metrics: Metrics): OnAnswer {
  const requests = metrics.counter('api_requests_total', 'Answers of the API', ['endpoint', 'status']);
  const seconds = metrics.histogram('api_request_seconds', 'Time to the answer’s first byte', {
    labels: ['endpoint'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
  });
  return ({ id }, status, tookMs) => {
    requests.inc({ endpoint: id, status: String(status) });
    seconds.observe({ endpoint: id }, tookMs / 1000);
  };
}

/** Returns what brings the figures up to date, to be called before they are read. */
export function createFeedMetrics(metrics: Metrics, feed: AlertFeed): () => void {
  const watchers = metrics.gauge('alert_streams', 'Clients that watch alerts now');
  const cutOff = metrics.gauge(
    'alert_streams_cut_off_total',
    'Streams ended because their client read too slowly',
  );
  return () => {
    const stats = feed.stats();
    watchers.set(stats.watchers);
    cutOff.set(stats.cutOff);
  };
}
