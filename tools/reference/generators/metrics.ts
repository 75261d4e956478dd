// docs/reference/metrics.md: every Prometheus metric, read from where it is defined.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../../house/list-files.ts';
import type { Generator } from '../generator.ts';
import { code, codes, page, table } from '../markdown.ts';

interface Metric {
  readonly name: string;
  readonly kind: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** `metrics.counter('name', 'help', ['label', …])`; a histogram has `{ labels: […] }` in the third place. */
const definition =
  /etrics\.(counter|gauge|histogram)\(\s*'(\w+)',\s*(?:'([^']*)'|"([^"]*)")(?:,\s*(?:\{\s*labels:\s*)?\[([^\]]*)\])?/g;
const creation = /createMetrics\('(\w+)'\)/;

const metricsIn = (text: string): readonly Metric[] =>
  [...text.matchAll(definition)].map(([, kind = '', name = '', single, double, labels = '']) => ({
    kind,
    name,
    help: single ?? double ?? '',
    labels: [...labels.matchAll(/'(\w+)'/g)].map((label) => label[1] ?? ''),
  }));

const isProgramCode = (file: string): boolean =>
  /^(hub|sensor|cluster)\/.*\.ts$/.test(file) && !/\.test\.ts$|\/testing/.test(file);

const generate = (root: string): string => {
  const texts = listFiles(root)
    .filter(isProgramCode)
    .map((file) => ({ room: file.split('/')[0] ?? '', text: readFileSync(join(root, file), 'utf8') }));
  const rooms = [...Map.groupBy(texts, ({ room }) => room)];
  const rows = rooms.flatMap(([, files]) => {
    const prefix = files.map(({ text }) => creation.exec(text)?.[1]).find((found) => found !== undefined);
    return files
      .flatMap(({ text }) => metricsIn(text))
      .map(({ name, kind, help, labels }) => [code(`${prefix}_${name}`), kind, codes(labels), help]);
  });
  rows.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return page(
    'Metrics',
    'What `GET /metrics` of the hub tells.',
    table(['metric', 'kind', 'labels', 'meaning'], rows),
  );
};

export const metrics: Generator = { file: 'metrics.md', generate };
