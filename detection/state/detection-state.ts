// All that rules remember, in parts of one rule and one cluster each; a part can be saved alone, and put back.
import { type Correlation, shapeOf } from './correlation.ts';
import { createMemory } from './create-memory.ts';
import type { MemoryLimits } from './memory-limits.ts';
import { createRecent, type Recent } from './recent.ts';
import { type Firing, type Memory, type MemoryCounts, noFirings, type Sighting } from './sighting.ts';
import { createSleepingParts, type StatePart } from './sleeping-parts.ts';

export interface StateSnapshot {
  readonly format: 1;
  readonly parts: readonly StatePart[];
}

export interface RuleMemory {
  readonly observe: (sighting: Sighting) => readonly Firing[];
  readonly counts: () => MemoryCounts;
}

export interface DetectionState {
  /** Memory of a rule, kept if there is one of the same shape. */
  readonly open: (rule: string, correlation: Correlation) => RuleMemory;
  /** What rules other than these remember sleeps: one that comes back goes on with it, where its shape is the same. */
  readonly retain: (rules: ReadonlySet<string>) => void;
  readonly snapshot: () => StateSnapshot;
  /** Replaces everything. Parts that cannot be read are left out; returns how many. */
  readonly restore: (snapshot: unknown) => number;
  /** Why a rule that is open would begin anew with this part; the part of a rule that is not open may come to use. */
  readonly problemOf: (part: StatePart) => string | undefined;
  readonly isOpen: (rule: string) => boolean;
  readonly hasChanges: () => boolean;
  /**
   * Parts that changed since they were taken last, each written out as it is asked for: a part takes milliseconds, all
   * of them a good part of a second, and whoever takes them can let others have their turn in between.
   */
  readonly takeChanges: () => Iterable<StatePart>;
}

interface Part {
  readonly memory: Memory;
  readonly recent: Recent;
  isChanged: boolean;
}

interface Opened {
  readonly rule: string;
  readonly shape: string;
  readonly correlation: Correlation;
  readonly parts: Map<string, Part>;
  evictions: number;
}

/** Clusters that one rule remembers; the one known longest goes first. */
const clusterLimit = 1_000;

const save = (owner: Opened, cluster: string, part: Part): StatePart => ({
  ...{ rule: owner.rule, cluster, shape: owner.shape },
  memory: part.memory.save(),
  recent: part.recent.save(),
});

export function createDetectionState(limits?: MemoryLimits): DetectionState {
  const opened = new Map<string, Opened>();
  const sleeping = createSleepingParts();

  const wake = (owner: Opened, cluster: string): Part => {
    const memory = createMemory(owner.correlation, limits);
    const saved = sleeping.wake(owner.rule, cluster);
    const part: Part = { memory, recent: createRecent(), isChanged: saved?.isChanged ?? false };
    if (saved?.part.shape === owner.shape && memory.load(saved.part.memory))
      part.recent.load(saved.part.recent);
    if (owner.parts.size >= clusterLimit) {
      const [oldest = ''] = owner.parts.keys();
      owner.evictions += owner.parts.get(oldest)?.memory.counts().keys ?? 0;
      owner.parts.delete(oldest);
    }
    owner.parts.set(cluster, part);
    return part;
  };

  const sleep = (owner: Opened): void => {
    for (const [cluster, part] of owner.parts) sleeping.put(save(owner, cluster, part), part.isChanged);
  };

  const savedParts = (): readonly StatePart[] =>
    [...opened.values()].flatMap((owner) =>
      [...owner.parts].map(([cluster, part]) => save(owner, cluster, part)),
    );

  const observe = (owner: Opened, sighting: Sighting): readonly Firing[] => {
    const cluster = sighting.event.cluster ?? '';
    const part = owner.parts.get(cluster) ?? wake(owner, cluster);
    if (!part.recent.isNew(sighting.occurrenceId)) return noFirings;
    part.isChanged = true;
    return part.memory.observe(sighting);
  };

  const memoryOf = (owner: Opened): RuleMemory => ({
    observe: (sighting) => observe(owner, sighting),
    counts: () => countsOf(owner),
  });

  return {
    open: (rule, correlation) => {
      const shape = shapeOf(correlation);
      const before = opened.get(rule);
      // The rule was not loaded anew: nothing has to be saved for it.
      if (before?.correlation === correlation) return memoryOf(before);
      const owner: Opened = { rule, shape, correlation, parts: new Map(), evictions: before?.evictions ?? 0 };
      // Saved and put back, so that a changed window or count holds for what is remembered.
      if (before?.shape === shape) sleep(before);
      opened.set(rule, owner);
      return memoryOf(owner);
    },
    retain: (rules) => {
      for (const [rule, owner] of opened)
        if (!rules.has(rule)) {
          sleep(owner);
          opened.delete(rule);
        }
    },
    snapshot: () => ({ format: 1, parts: [...sleeping.all(), ...savedParts()] }),
    restore: (snapshot) => {
      for (const owner of opened.values()) owner.parts.clear();
      return sleeping.replace(snapshot);
    },
    problemOf: (part) => problemOf(part, opened.get(part.rule)),
    isOpen: (rule) => opened.has(rule),
    hasChanges: () =>
      sleeping.hasChanges() ||
      [...opened.values()].some(({ parts }) => parts.values().some(({ isChanged }) => isChanged)),
    *takeChanges() {
      yield* sleeping.takeChanges();
      for (const owner of opened.values())
        for (const [cluster, part] of owner.parts) {
          if (!part.isChanged) continue;
          part.isChanged = false;
          yield save(owner, cluster, part);
        }
    },
  };
}

function problemOf({ shape, memory }: StatePart, owner: Opened | undefined): string | undefined {
  if (owner === undefined) return undefined;
  if (owner.shape !== shape) return `it is of "${shape}", and the rule here of "${owner.shape}"`;
  return createMemory(owner.correlation).load(memory) ? undefined : 'it cannot be read';
}

function countsOf({ parts, evictions }: Opened): MemoryCounts {
  const sum = { keys: 0, evictions, late: 0 };
  for (const { memory } of parts.values()) {
    const counts = memory.counts();
    sum.keys += counts.keys;
    sum.evictions += counts.evictions;
    sum.late += counts.late;
  }
  return sum;
}
