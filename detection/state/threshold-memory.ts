// Counts events, or distinct values, of each key within a window of event time.
import type { Threshold } from './correlation.ts';
import { formatDuration } from './duration.ts';
import { latenessMs, toIso } from './event-time.ts';
import { hashNumber } from './hash.ts';
import { createKeyedStore } from './keyed-store.ts';
import { type MemoryLimits, memoryLimits } from './memory-limits.ts';
import { type Firing, keyEvidence, keyOf, type Memory, noFirings, type Sighting } from './sighting.ts';
import {
  dropBefore,
  type Entry,
  fullestWindow,
  loadTally,
  place,
  saveTally,
  startTally,
  type Tally,
  valueEntry,
} from './tally.ts';

const shownValues = 32;

function firingOf(rule: Threshold, tally: Tally, sighting: Sighting): Firing {
  const within = formatDuration(rule.withinMs);
  const what = rule.distinct === undefined ? 'times' : `values of ${rule.distinct.key}`;
  return {
    told: `${tally.firedCount} ${what} within ${within}`,
    evidence: [
      ...keyEvidence(rule.by, sighting),
      { field: 'threshold.count', value: tally.firedCount },
      { field: 'threshold.within', value: within },
    ],
  };
}

/** The tally begins anew once the alert stands; late events may raise it behind others that stay. */
function raise(rule: Threshold, tally: Tally, sighting: Sighting, counted: readonly Entry[]): Firing {
  const lastMs = counted.at(-1)?.timeMs ?? sighting.timeMs;
  tally.firedCount = counted.length;
  tally.firedUntilMs = lastMs + rule.withinMs;
  tally.entries = tally.entries.filter(({ timeMs }) => timeMs > tally.firedUntilMs);
  const { told, evidence } = firingOf(rule, tally, sighting);
  const values = counted.slice(0, shownValues).map(({ value }) => value);
  return {
    told,
    evidence: [
      ...evidence,
      { field: 'threshold.first', value: toIso(counted[0]?.timeMs ?? sighting.timeMs) },
      { field: 'threshold.last', value: toIso(lastMs) },
      ...(rule.distinct === undefined ? [] : [{ field: 'threshold.values', value: values }]),
    ],
  };
}

function entryOf({ distinct }: Threshold, sighting: Sighting): Entry | undefined {
  const { timeMs, occurrenceId } = sighting;
  if (distinct === undefined) return { timeMs, mark: hashNumber(occurrenceId) };
  const value = sighting.read(distinct);
  return value === undefined || value === null ? undefined : valueEntry(timeMs, String(value));
}

export function createThresholdMemory(rule: Threshold, limits: MemoryLimits = memoryLimits): Memory {
  const horizonMs = rule.withinMs + latenessMs;
  const entryLimit = 4 * rule.count + 64;
  let [late, overflow] = [0, 0];
  const tallies = createKeyedStore<Tally>({
    keyLimit: limits.keys,
    weightLimit: limits.entries,
    weigh: ({ entries }) => entries.length,
    isSpent: (tally, nowMs) => Math.max(tally.latestMs, tally.firedUntilMs) < nowMs - horizonMs,
  });

  const count = (tally: Tally, sighting: Sighting): readonly Firing[] => {
    const { timeMs } = sighting;
    if (timeMs < tally.latestMs - horizonMs) {
      late += 1;
      return noFirings;
    }
    tally.latestMs = Math.max(tally.latestMs, timeMs);
    if (timeMs <= tally.firedUntilMs) {
      tally.firedUntilMs = Math.max(tally.firedUntilMs, timeMs + rule.withinMs);
      return [firingOf(rule, tally, sighting)];
    }
    const entry = entryOf(rule, sighting);
    if (entry === undefined) return noFirings;
    dropBefore(tally, tally.latestMs - horizonMs);
    if (tally.entries.length >= entryLimit) {
      tally.entries.shift();
      overflow += 1;
    }
    const at = place(tally, entry);
    const counted = at < 0 ? [] : fullestWindow(tally.entries, at, rule.withinMs);
    return counted.length < rule.count ? noFirings : [raise(rule, tally, sighting, counted)];
  };

  return {
    observe: (sighting) => {
      const key = keyOf(rule.by, sighting);
      const tally = tallies.touch(key, () => startTally(sighting.timeMs));
      const before = tally.entries.length;
      const firings = count(tally, sighting);
      tallies.settle(key, before, tally.latestMs);
      return firings;
    },
    counts: () => {
      const { keys, evictions } = tallies.counts();
      return { keys, evictions: evictions + overflow, late };
    },
    save: () => [...tallies.entries()].map(saveTally),
    load: (saved) => tallies.load(saved, loadTally),
  };
}
