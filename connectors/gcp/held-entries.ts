// Entries that wait for others of the same request, in bounded memory.
import type { Fields } from './fields.ts';

interface Group {
  readonly parts: Map<number, Fields>;
  chars: number;
}

/** Entries have at most 256 KiB each: https://cloud.google.com/logging/quotas. What exceeds this leaves unfinished. */
export const heldLimits = { groups: 4_096, chars: 32 * 1024 * 1024 } as const;

export type Parts = ReadonlyMap<number, Fields>;

export class HeldEntries {
  readonly #groups = new Map<string, Group>();
  #chars = 0;

  /** All parts of the group that are there. A part that is there already is kept as it is. */
  hold(key: string, index: number, entry: Fields): Parts {
    const group = this.#groups.get(key) ?? { parts: new Map<number, Fields>(), chars: 0 };
    this.#groups.set(key, group);
    if (group.parts.has(index)) return group.parts;
    const chars = JSON.stringify(entry).length;
    group.parts.set(index, entry);
    group.chars += chars;
    this.#chars += chars;
    return group.parts;
  }

  take(key: string): Parts | undefined {
    const group = this.#groups.get(key);
    if (group === undefined) return undefined;
    this.#groups.delete(key);
    this.#chars -= group.chars;
    return group.parts;
  }

  /** The oldest groups that there is no room for, or all of them. */
  *release(all: boolean): Generator<Parts> {
    for (const key of this.#groups.keys()) {
      if (!all && this.#groups.size <= heldLimits.groups && this.#chars <= heldLimits.chars) return;
      const parts = this.take(key);
      if (parts !== undefined) yield parts;
    }
  }
}
