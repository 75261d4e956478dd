// Process events per second through the engine, beside JSON.parse of the same bytes.
import type { Bench } from './bench.ts';
import { parseJob, verdictJob } from './detection-job.ts';
import { besideLimit, type Figure } from './figure.ts';
import { manyRules } from './many-rules.ts';
import { processMix } from './process-mix.ts';
import { ratesInTurns } from './rate.ts';

const eventCount = 8_000;

async function* run(): AsyncGenerator<Figure> {
  const lines = processMix(eventCount);
  const bytes = Math.round(lines.bytes.length / lines.count);
  const counts = [12, 50, 100, 200];
  const rules = await Promise.all(counts.map((count) => manyRules(count, 'process')));
  const [limit = 1, ...rates] = ratesInTurns([
    parseJob(lines),
    ...rules.map((loaded) => verdictJob(lines, loaded, false)),
  ]);
  for (const [index, rate] of rates.entries())
    yield besideLimit(
      `process (${bytes} B), ${counts[index]} rules, bytes to verdict`,
      'events/s',
      rate,
      limit,
    );
}

export const processBench: Bench = { describe: 'process events through the rules, beside JSON.parse', run };
