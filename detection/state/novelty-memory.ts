// Learns what each identity does, and tells what it never, or hardly ever, did before.
import type { Novelty } from './correlation.ts';
import { formatDuration } from './duration.ts';
import { toIso } from './event-time.ts';
import { createKeyedStore } from './keyed-store.ts';
import { createLayeredSketch } from './layered-sketch.ts';
import { type MemoryLimits, memoryLimits } from './memory-limits.ts';
import {
  type Firing,
  keyEvidence,
  keyOf,
  type Memory,
  noFirings,
  type Sighting,
  valuesOf,
} from './sighting.ts';

interface Habit {
  sinceMs: number;
  latestMs: number;
  seen: number;
  /** Values of its latest kinds of doing, to show what is usual. */
  examples: readonly string[];
}

const exampleLimit = 5;
const exampleLength = 160;

function firingOf(rule: Novelty, habit: Habit, before: number, sighting: Sighting): Firing {
  const { by, of, learnMs } = rule;
  const since = toIso(habit.sinceMs);
  return {
    told: before === 0 ? `never before since ${since}` : `seen ${before} times before since ${since}`,
    evidence: [
      ...keyEvidence([...by, ...of], sighting),
      { field: 'novelty.seen', value: before },
      { field: 'novelty.learnt', value: formatDuration(learnMs) },
      { field: 'novelty.baseline', value: { since, events: habit.seen, examples: habit.examples } },
    ],
  };
}

function learn({ of }: Novelty, habit: Habit, isNew: boolean, sighting: Sighting): void {
  habit.seen += 1;
  habit.latestMs = Math.max(habit.latestMs, sighting.timeMs);
  if (!isNew) return;
  const example = valuesOf(of, sighting)
    .map((value) => (value === null ? '–' : String(value)))
    .join(' ');
  habit.examples = [example.slice(0, exampleLength), ...habit.examples].slice(0, exampleLimit);
}

const startHabit = (timeMs: number): Habit => ({ sinceMs: timeMs, latestMs: timeMs, seen: 0, examples: [] });

/** Of one field with many values, such as the registries of a pod, each value is a thing of its own. */
function thingsOf(of: Novelty['of'], sighting: Sighting): readonly string[] {
  const [only] = of.length === 1 ? valuesOf(of, sighting) : [];
  return Array.isArray(only) && only.length > 0
    ? only.map((value) => JSON.stringify([value]))
    : [keyOf(of, sighting)];
}

export function createNoveltyMemory(rule: Novelty, limits: MemoryLimits = memoryLimits): Memory {
  const { by, of, learnMs, rare, rememberMs } = rule;
  const sketch = createLayeredSketch(rememberMs);
  const isForgotten = ({ latestMs }: Habit, nowMs: number): boolean => latestMs < nowMs - rememberMs;
  const habits = createKeyedStore<Habit>({
    keyLimit: limits.keys,
    weightLimit: Number.POSITIVE_INFINITY,
    weigh: () => 1,
    isSpent: isForgotten,
  });

  return {
    observe: (sighting) => {
      const { timeMs } = sighting;
      const identity = keyOf(by, sighting);
      const habit = habits.touch(identity, () => startHabit(timeMs));
      // Who was away for so long is learnt anew, whether or not his habits were swept away by now.
      if (isForgotten(habit, timeMs)) Object.assign(habit, startHabit(timeMs));
      const things = thingsOf(of, sighting).map((thing) => `${identity}${thing}`);
      const before = Math.min(...things.map((thing) => sketch.count(thing, timeMs)));
      const isLearning = timeMs - habit.sinceMs < learnMs;
      const firings = before >= rare || isLearning ? noFirings : [firingOf(rule, habit, before, sighting)];
      learn(rule, habit, before === 0, sighting);
      for (const thing of things) sketch.add(thing, timeMs);
      habits.settle(identity, 1, timeMs);
      return firings;
    },
    counts: () => {
      const { keys, evictions } = habits.counts();
      return { keys, evictions: evictions + sketch.evictions(), late: 0 };
    },
    save: () => ({ habits: [...habits.entries()], sketch: sketch.save() }),
    load: (saved) => {
      if (typeof saved !== 'object' || saved === null) return false;
      const parts = saved as Record<string, unknown>;
      // In this order: habits without their counts would make everything look new.
      return sketch.load(parts['sketch']) && habits.load(parts['habits'], loadHabit);
    },
  };
}

function loadHabit(saved: unknown): readonly [string, Habit] | undefined {
  const [identity, habit]: readonly unknown[] = Array.isArray(saved) ? saved : [];
  if (typeof identity !== 'string' || typeof habit !== 'object' || habit === null) return undefined;
  const { sinceMs, latestMs, seen, examples } = habit as Record<string, unknown>;
  if (typeof sinceMs !== 'number' || typeof latestMs !== 'number' || typeof seen !== 'number')
    return undefined;
  const texts = Array.isArray(examples) ? examples.filter((one) => typeof one === 'string') : [];
  return [identity, { sinceMs, latestMs, seen, examples: texts }];
}
