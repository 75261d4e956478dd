// Parts of what rules remember that no event asked for yet: restored, or kept from a rule before it changed.

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

export interface SleepingParts {
  readonly put: (part: StatePart, isChanged: boolean) => void;
  /** Takes it out; `isChanged` where nobody saved its changes yet. */
  readonly wake: (
    rule: string,
    cluster: string,
  ) => { readonly part: StatePart; readonly isChanged: boolean } | undefined;
  readonly all: () => readonly StatePart[];
  readonly hasChanges: () => boolean;
  readonly takeChanges: () => Iterable<StatePart>;
  /** Replaces everything by the parts of a snapshot; returns how many of them cannot be read. */
  readonly replace: (snapshot: unknown) => number;
}

const limit = 20_000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function readPart(value: unknown): StatePart | undefined {
  if (!isRecord(value)) return undefined;
  const { rule, cluster, shape, memory, recent } = value;
  if (typeof rule !== 'string' || typeof cluster !== 'string' || typeof shape !== 'string') return undefined;
  return { rule, cluster, shape, memory, recent };
}

const slotOf = (rule: string, cluster: string): string => JSON.stringify([rule, cluster]);

export function createSleepingParts(): SleepingParts {
  const parts = new Map<string, StatePart>();
  const changed = new Set<string>();

  return {
    put: (part, isChanged) => {
      const slot = slotOf(part.rule, part.cluster);
      // The one that sleeps longest goes first; it was saved long ago.
      const oldest = parts.keys().next();
      if (parts.size >= limit && !oldest.done) {
        parts.delete(oldest.value);
        changed.delete(oldest.value);
      }
      parts.set(slot, part);
      if (isChanged) changed.add(slot);
    },
    wake: (rule, cluster) => {
      const slot = slotOf(rule, cluster);
      const part = parts.get(slot);
      parts.delete(slot);
      const isChanged = changed.delete(slot);
      return part === undefined ? undefined : { part, isChanged };
    },
    all: () => [...parts.values()],
    hasChanges: () => changed.size > 0,
    *takeChanges() {
      for (const slot of changed) {
        changed.delete(slot);
        const part = parts.get(slot);
        if (part !== undefined) yield part;
      }
    },
    replace: (snapshot) => {
      parts.clear();
      changed.clear();
      const given = isRecord(snapshot) && Array.isArray(snapshot['parts']) ? snapshot['parts'] : [];
      const read = given
        .slice(0, limit)
        .map(readPart)
        .filter((part) => part !== undefined);
      for (const part of read) parts.set(slotOf(part.rule, part.cluster), part);
      return given.length - read.length;
    },
  };
}
