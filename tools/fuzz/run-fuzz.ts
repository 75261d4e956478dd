// Runs mutated inputs through a target and measures what it does with them.
import { createRandom } from '@yagura/kit/testing';
import type { FuzzTarget } from './fuzz-target.ts';
import { mutated } from './mutate.ts';

export interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  /** Index of the first input: a finding is made again with its index and a count of 1. */
  readonly from?: number;
  readonly limitMs: number;
}

export interface Finding {
  readonly index: number;
  readonly what: string;
  readonly text: string;
}

export interface FuzzReport {
  readonly inputs: number;
  readonly seconds: number;
  readonly findings: readonly Finding[];
  /** How many inputs ended how. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly slowestIndex: number;
  readonly heapPeakMb: number;
  readonly rssPeakMb: number;
}

/** Another seed for each input of a run. */
const seedOf = (run: number, index: number): number => Math.imul(run + 1, 0x9e3779b1) ^ index;

/** More would be the same mistake again. */
const findingLimit = 20;
/** A slow run may be the collector's or the compiler's fault: the fastest of so many counts. */
const attempts = 4;
const mb = (bytes: number): number => Math.round(bytes / 1024 / 1024);

interface Timed {
  readonly ms: number;
  readonly outcome?: string;
  readonly thrown?: unknown;
}

/** Time of this thread on a processor: other programs on the machine are not the target's fault. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function timed(target: FuzzTarget, text: string): Timed {
  const startedAt = cpuMs();
  try {
    const outcome = target.run(text);
    return { ms: cpuMs() - startedAt, outcome };
  } catch (thrown) {
    return { ms: cpuMs() - startedAt, thrown };
  }
}

function fastest(target: FuzzTarget, text: string, limitMs: number): Timed {
  let best = timed(target, text);
  for (let left = attempts - 1; left > 0 && best.ms > limitMs; left -= 1) {
    const again = timed(target, text);
    if (again.ms < best.ms) best = again;
  }
  return best;
}

const finding = ({ ms, thrown }: Timed, limitMs: number): string | undefined => {
  if (thrown !== undefined) return `threw ${thrown instanceof Error ? thrown.stack : String(thrown)}`;
  return ms > limitMs ? `took ${Math.round(ms)} ms` : undefined;
};

export async function runFuzz(
  target: FuzzTarget,
  { count, seed, from = 0, limitMs }: FuzzOptions,
): Promise<FuzzReport> {
  const material = { seeds: await target.seeds(), words: target.words, longest: target.longest };
  // What is compiled and read once is no input's own time.
  for (const text of material.seeds) timed(target, text);
  const findings: Finding[] = [];
  const outcomes: Record<string, number> = {};
  const peak = { heap: 0, rss: 0, ms: 0, index: from };
  const startedAt = performance.now();
  let index = from;
  for (; index < from + count && findings.length < findingLimit; index += 1) {
    const text = mutated(createRandom(seedOf(seed, index)), material);
    const result = fastest(target, text, limitMs);
    const what = finding(result, limitMs);
    if (what !== undefined) findings.push({ index, what, text });
    if (result.outcome !== undefined) outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1;
    if (result.ms > peak.ms) Object.assign(peak, { ms: result.ms, index });
    if (index % 100 === 0) {
      const { heapUsed, rss } = process.memoryUsage();
      Object.assign(peak, { heap: Math.max(peak.heap, heapUsed), rss: Math.max(peak.rss, rss) });
    }
  }
  return {
    inputs: index - from,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    findings,
    outcomes,
    slowestMs: Math.round(peak.ms * 10) / 10,
    slowestIndex: peak.index,
    heapPeakMb: mb(peak.heap),
    rssPeakMb: mb(peak.rss),
  };
}
