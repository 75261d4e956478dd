// Waits for the steps of a sequence, by key; events that come late are put in their place by their time.
import type { Sequence } from './correlation.ts';
import { formatDuration } from './duration.ts';
import { summaryOf } from './event-summary.ts';
import { latenessMs, toIso } from './event-time.ts';
import { type ChainShape, findChain } from './find-chain.ts';
import { createKeyedStore } from './keyed-store.ts';
import { type MemoryLimits, memoryLimits } from './memory-limits.ts';
import { type Firing, keyEvidence, keyOf, type Memory, noFirings, type Sighting } from './sighting.ts';
import { addStep, loadTrace, type SeenStep, saveTrace, type Trace } from './trace.ts';

/** A `not` forbids its event until the step behind it. */
function chainShape({ steps, withinMs }: Sequence): ChainShape {
  const wanted: number[] = [];
  const forbidden: number[] = [];
  let open = 0;
  for (const [index, { isForbidden }] of steps.entries()) {
    if (isForbidden) open |= 1 << index;
    else {
      wanted.push(1 << index);
      forbidden.push(open);
      open = 0;
    }
  }
  return { wanted, forbidden, withinMs };
}

function firingOf(rule: Sequence, seen: readonly SeenStep[], sighting: Sighting): Firing {
  const within = formatDuration(rule.withinMs);
  const names = rule.steps.filter(({ isForbidden }) => !isForbidden).map(({ name }) => name);
  const steps = seen.map(({ timeMs, told, occurrenceId }, index) => ({
    ...{ step: names[index], time: toIso(timeMs), event: told, id: occurrenceId },
  }));
  return {
    told: `${names.join(' → ')} within ${within}`,
    // Whichever of the steps came last to us, it is the last one that counts.
    occurrenceId: seen.at(-1)?.occurrenceId ?? sighting.occurrenceId,
    evidence: [
      ...keyEvidence(rule.by, sighting),
      { field: 'sequence.within', value: within },
      { field: 'sequence.steps', value: steps },
    ],
  };
}

/** Chains that the event at hand made whole; each last step is told once. */
function complete(rule: Sequence, shape: ChainShape, trace: Trace, sighting: Sighting): readonly Firing[] {
  const finalBit = shape.wanted.at(-1) ?? 0;
  let firings = noFirings;
  for (const [at, step] of trace.steps.entries()) {
    if (step.isReported || (step.steps & finalBit) === 0 || step.timeMs < sighting.timeMs) continue;
    const chain = findChain(trace.steps, at, shape);
    if (chain.length === 0) continue;
    step.isReported = true;
    const seen = chain.flatMap((index) => trace.steps[index] ?? []);
    firings = [...firings, firingOf(rule, seen, sighting)];
  }
  return firings;
}

export function createSequenceMemory(rule: Sequence, limits: MemoryLimits = memoryLimits): Memory {
  const shape = chainShape(rule);
  const horizonMs = rule.withinMs + latenessMs;
  let [late, overflow] = [0, 0];
  const traces = createKeyedStore<Trace>({
    keyLimit: limits.keys,
    // A step is kept with a line of text.
    weightLimit: limits.entries / 4,
    weigh: (trace) => trace.steps.length,
    isSpent: ({ latestMs }, nowMs) => latestMs < nowMs - horizonMs,
  });

  const follow = (trace: Trace, sighting: Sighting): readonly Firing[] => {
    const { timeMs, steps, occurrenceId, event } = sighting;
    trace.latestMs = Math.max(trace.latestMs, timeMs);
    const sinceMs = trace.latestMs - horizonMs;
    if (timeMs < sinceMs) {
      late += 1;
      return noFirings;
    }
    if (trace.steps.some((step) => step.occurrenceId === occurrenceId)) return noFirings;
    const step = { timeMs, steps, occurrenceId, told: summaryOf(event), isReported: false };
    if (!addStep(trace, step, sinceMs)) overflow += 1;
    return complete(rule, shape, trace, sighting);
  };

  return {
    observe: (sighting) => {
      const key = keyOf(rule.by, sighting);
      const trace = traces.touch(key, () => ({ steps: [], latestMs: sighting.timeMs }));
      const before = trace.steps.length;
      const firings = follow(trace, sighting);
      traces.settle(key, before, trace.latestMs);
      return firings;
    },
    counts: () => {
      const { keys, evictions } = traces.counts();
      return { keys, evictions: evictions + overflow, late };
    },
    save: () => [...traces.entries()].map(saveTrace),
    load: (saved) => traces.load(saved, loadTrace),
  };
}
