// Whether memory stays flat while events go through the rules: at a tenth, at half and at the end of the run.
import { createAlertCollector, createEngine } from '@yagura/detection';
import { attackMix } from './attack-mix.ts';
import { auditMix } from './audit-mix.ts';
import type { Bench, BenchOptions } from './bench.ts';
import { auditVerdicts } from './detection-job.ts';
import type { Figure } from './figure.ts';
import { builtin } from './many-rules.ts';

const defaultEvents = 10_000_000;
const eventsPerRound = 20_000;
const idKey = '"auditID":"';

/** Each round is made of requests of its own: the same records with other ids. */
function renew(bytes: Buffer, round: number): void {
  const id = round.toString(16).padStart(8, '0');
  for (let at = bytes.indexOf(idKey); at !== -1; at = bytes.indexOf(idKey, at)) {
    at += idKey.length;
    bytes.write(id, at, 'latin1');
  }
}

async function* run({ events = defaultEvents }: BenchOptions): AsyncGenerator<Figure> {
  const engine = createEngine(await builtin());
  const collector = createAlertCollector();
  const mixes = [auditMix(eventsPerRound * 0.99, 'Metadata'), attackMix(eventsPerRound * 0.01)];
  const marks = [events / 10, events / 2, events];
  let done = 0;
  let reference: number | undefined;
  for (let round = 0; done < events; round += 1) {
    for (const { bytes } of mixes) {
      renew(bytes, round);
      done += auditVerdicts(bytes, engine, (match) => collector.add(match)).events;
    }
    while (marks[0] !== undefined && done >= marks[0]) {
      marks.shift();
      const value = Math.round(process.memoryUsage().rss / 1e6);
      reference ??= value;
      const name = `memory after ${done.toLocaleString('en')} events, beside a tenth of the run`;
      yield { name, value, unit: 'MB', reference, ratio: Number((value / reference).toFixed(3)) };
    }
  }
}

export const memoryBench: Bench = {
  describe: 'resident memory while ten million audit events go through (--events N)',
  run,
};
