// Prometheus metrics of one program, each name beginning with the program's prefix.
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  counter<const L extends string = never>(name: string, help: string, labels?: readonly L[]): Counter<L>;
  gauge<const L extends string = never>(name: string, help: string, labels?: readonly L[]): Gauge<L>;
  histogram<const L extends string = never>(
    name: string,
    help: string,
    options?: { readonly labels?: readonly L[]; readonly buckets?: readonly number[] },
  ): Histogram<L>;
  /** Text exposition format, with `contentType`. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** `prefix` such as `yagura_hub`; a metric `batches_total` is then `yagura_hub_batches_total`. */
export function createMetrics(prefix: string): Metrics {
  const registry = new Registry();
  const base = (name: string, help: string) => ({
    name: `${prefix.replace(/_$/, '')}_${name}`,
    help,
    registers: [registry],
  });
  return {
    counter: (name, help, labels = []) => new Counter({ ...base(name, help), labelNames: [...labels] }),
    gauge: (name, help, labels = []) => new Gauge({ ...base(name, help), labelNames: [...labels] }),
    histogram: (name, help, { labels = [], buckets } = {}) =>
      new Histogram({
        ...base(name, help),
        labelNames: [...labels],
        ...(buckets ? { buckets: [...buckets] } : {}),
      }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
