// The same thing happening again and again, told when it is new and then ever more seldom, with its count.

export interface Happening {
  readonly uid: string;
  /** What makes it the same: namespace, object, reason and type. */
  readonly key: string;
  /** As the cluster counts it, under this uid. */
  readonly count: number;
}

export interface ToTell {
  /** Of the first Event of its kind. */
  readonly uid: string;
  readonly count: number;
}

interface Entry {
  readonly uid: string;
  currentUid: string;
  currentCount: number;
  /** Of uids before the current one. */
  earlier: number;
  toldCount: number;
  toldAt: number;
}

const maxEntries = 4_000;
const quietMs = 5 * 60_000;

export class EventDigest {
  readonly #entries = new Map<string, Entry>();

  /** `undefined`: it was told already, and not long ago. */
  note({ uid, key, count }: Happening, now: number): ToTell | undefined {
    const held = this.#entries.get(key);
    const entry = held ?? {
      ...{
        uid,
        currentUid: uid,
        currentCount: 0,
        earlier: 0,
        toldCount: 0,
        toldAt: Number.NEGATIVE_INFINITY,
      },
    };
    if (entry.currentUid !== uid) {
      entry.earlier += entry.currentCount;
      entry.currentUid = uid;
      entry.currentCount = 0;
    }
    // A replay after a broken watch says what was said before.
    entry.currentCount = Math.max(entry.currentCount, count);
    this.#keep(key, entry);
    const total = entry.earlier + entry.currentCount;
    const isNews = total >= entry.toldCount * 2 || now - entry.toldAt >= quietMs;
    if (total === entry.toldCount || !isNews) return undefined;
    entry.toldCount = total;
    entry.toldAt = now;
    return { uid: entry.uid, count: total };
  }

  /** Last heard of, last to be forgotten. */
  #keep(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size <= maxEntries) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}
