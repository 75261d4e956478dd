// All that rules remember, in parts of one rule and one cluster each; a part can be saved alone, and put back.
import { type Correlation, shapeOf } from './correlation.ts';
import { createMemory } from './create-memory.ts';
import type { MemoryLimits } from './memory-limits.ts';
import { createRecent, type Recent } from './recent.ts';
import { type Firing, type Memory, type MemoryCounts, noFirings, type Sighting } from './sighting.ts';

/** One rule's memory of one cluster, as plain JSON. */
export interface StatePart {
  readonly rule: string;
  /** Empty where events name no cluster. */
  readonly cluster: string;
  /** Of the rule when it was saved; a rule of another shape begins anew. */
  readonly shape: string;
  readonly memory: unknown;
  readonly recent: unknown;
}

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
  readonly snapshot: () => StateSnapshot;
  /** Replaces everything. Parts that cannot be read are left out; returns how many. */
  readonly restore: (snapshot: unknown) => number;
  readonly hasChanges: () => boolean;
  /** Parts that changed since the last call. */
  readonly takeChanges: () => readonly StatePart[];
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
const dormantLimit = 20_000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function readPart(value: unknown): StatePart | undefined {
  if (!isRecord(value)) return undefined;
  const { rule, cluster, shape, memory, recent } = value;
  if (typeof rule !== 'string' || typeof cluster !== 'string' || typeof shape !== 'string') return undefined;
  return { rule, cluster, shape, memory, recent };
}

const slotOf = (rule: string, cluster: string): string => JSON.stringify([rule, cluster]);

export function createDetectionState(limits?: MemoryLimits): DetectionState {
  const opened = new Map<string, Opened>();
  /** Restored, and not asked for yet. */
  const dormant = new Map<string, StatePart>();

  const wake = (owner: Opened, cluster: string): Part => {
    const memory = createMemory(owner.correlation, limits);
    const part: Part = { memory, recent: createRecent(), isChanged: false };
    const saved = dormant.get(slotOf(owner.rule, cluster));
    if (saved?.shape === owner.shape && memory.load(saved.memory)) part.recent.load(saved.recent);
    dormant.delete(slotOf(owner.rule, cluster));
    if (owner.parts.size >= clusterLimit) {
      const [oldest = ''] = owner.parts.keys();
      owner.evictions += owner.parts.get(oldest)?.memory.counts().keys ?? 0;
      owner.parts.delete(oldest);
    }
    owner.parts.set(cluster, part);
    return part;
  };

  const save = (owner: Opened, cluster: string, part: Part): StatePart => ({
    ...{ rule: owner.rule, cluster, shape: owner.shape },
    memory: part.memory.save(),
    recent: part.recent.save(),
  });

  const savedParts = (only: (part: Part) => boolean): readonly StatePart[] =>
    [...opened.values()].flatMap((owner) =>
      [...owner.parts].filter(([, part]) => only(part)).map(([cluster, part]) => save(owner, cluster, part)),
    );

  const observe = (owner: Opened, sighting: Sighting): readonly Firing[] => {
    const cluster = sighting.event.cluster ?? '';
    const part = owner.parts.get(cluster) ?? wake(owner, cluster);
    if (!part.recent.isNew(sighting.occurrenceId)) return noFirings;
    part.isChanged = true;
    return part.memory.observe(sighting);
  };

  return {
    open: (rule, correlation) => {
      const shape = shapeOf(correlation);
      const before = opened.get(rule);
      const owner: Opened = { rule, shape, correlation, parts: new Map(), evictions: before?.evictions ?? 0 };
      // Saved and put back, so that a changed window or count holds for what is remembered.
      if (before?.shape === shape)
        for (const [cluster, part] of before.parts)
          dormant.set(slotOf(rule, cluster), save(before, cluster, part));
      opened.set(rule, owner);
      return { observe: (sighting) => observe(owner, sighting), counts: () => countsOf(owner) };
    },
    snapshot: () => ({ format: 1, parts: [...dormant.values(), ...savedParts(() => true)] }),
    restore: (snapshot) => {
      for (const owner of opened.values()) owner.parts.clear();
      dormant.clear();
      const parts = isRecord(snapshot) && Array.isArray(snapshot['parts']) ? snapshot['parts'] : [];
      const read = parts
        .slice(0, dormantLimit)
        .map(readPart)
        .filter((part) => part !== undefined);
      for (const part of read) dormant.set(slotOf(part.rule, part.cluster), part);
      return parts.length - read.length;
    },
    hasChanges: () =>
      [...opened.values()].some(({ parts }) => parts.values().some(({ isChanged }) => isChanged)),
    takeChanges: () => {
      const changed = savedParts(({ isChanged }) => isChanged);
      for (const { parts } of opened.values()) for (const part of parts.values()) part.isChanged = false;
      return changed;
    },
  };
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
