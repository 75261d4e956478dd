// Audit events per second through the engine, beside JSON.parse of the same bytes.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { LoadedRule } from '@yagura/detection';
import { attackMix, privilegedPodMix } from './attack-mix.ts';
import { auditMix } from './audit-mix.ts';
import type { AuditLevel } from './audit-record.ts';
import type { Bench, BenchOptions } from './bench.ts';
import { auditJob, parseJob } from './detection-job.ts';
import { besideLimit, type Figure } from './figure.ts';
import { type Lines, linesOf } from './lines.ts';
import { builtin, manyRules } from './many-rules.ts';
import { ratesInTurns } from './rate.ts';

const eventCount = 8_000;
const levels: readonly AuditLevel[] = ['RequestResponse', 'Metadata'];
const unit = 'events/s';

async function* curve(lines: Lines): AsyncGenerator<Figure> {
  const counts = [10, 25, 50, 100, 200];
  const rules = await Promise.all(counts.map((count) => manyRules(count, 'audit')));
  const jobs = rules.map((loaded) => auditJob(lines, loaded));
  const [limit = 1, ...rates] = ratesInTurns([parseJob(lines), ...jobs]);
  for (const [index, rate] of rates.entries())
    yield besideLimit(`audit, Metadata, ${counts[index]} rules`, unit, rate, limit);
}

/** Below this the clock is too coarse. */
const enoughBytes = 20e6;

function repeated({ bytes, count }: Lines): Lines {
  const times = Math.ceil(enoughBytes / bytes.length);
  return { bytes: Buffer.concat(Array.from({ length: times }, () => bytes)), count: count * times };
}

/** A log of an API server, with what a glance made of it. */
async function* ofFile(file: string, rules: readonly LoadedRule[]): AsyncGenerator<Figure> {
  const lines = repeated(linesOf((await readFile(file, 'utf8')).trimEnd().split('\n')));
  const job = auditJob(lines, rules);
  const [limit = 1, rate = 0] = ratesInTurns([parseJob(lines), job]);
  const bytes = Math.round(lines.bytes.length / lines.count);
  yield besideLimit(`${basename(file)} (${bytes} B), bytes to verdict`, unit, rate, limit);
  const { ruledOut = 0, events = 1 } = job.verdicts() ?? {};
  yield besideLimit('  of its events, ruled out by a glance', 'events', ruledOut, events);
}

/** Nine of ten events alert: what parsing, rules and alerts cost together. */
function* attacked(name: string, lines: Lines, rules: readonly LoadedRule[]): Generator<Figure> {
  const job = auditJob(lines, rules);
  const [limit = 1, rate = 0] = ratesInTurns([parseJob(lines), job]);
  const alerts = job.verdicts()?.alerts ?? 0;
  if (alerts < 0.9 * lines.count) throw new Error(`${name}: only ${alerts} alerts`);
  yield besideLimit(`${name} (${Math.round(lines.bytes.length / lines.count)} B)`, unit, rate, limit);
}

async function* run({ file }: BenchOptions): AsyncGenerator<Figure> {
  const rules = await builtin();
  if (file !== undefined) return yield* ofFile(file, rules);
  for (const level of levels) {
    const lines = auditMix(eventCount, level);
    const [limit = 1, rate = 0] = ratesInTurns([parseJob(lines), auditJob(lines, rules)]);
    const bytes = Math.round(lines.bytes.length / lines.count);
    yield besideLimit(`audit, ${level} (${bytes} B), bytes to verdict`, unit, rate, limit);
  }
  yield* attacked('audit, nine of ten alert, all kinds of attack', attackMix(eventCount), rules);
  yield* attacked('audit, nine of ten alert, privileged pods', privilegedPodMix(eventCount), rules);
  yield* curve(auditMix(eventCount, 'Metadata'));
}

export const auditBench: Bench = { describe: 'audit events through the rules, beside JSON.parse', run };
