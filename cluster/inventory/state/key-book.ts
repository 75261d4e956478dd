// What was told of a resource: for each object its key and a hash of its facts, and nothing more of it.
import { hash } from 'node:crypto';

export interface Key {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
}

interface Entry {
  readonly place: string;
  readonly hash: number;
  /** Of the listing that saw it last. */
  listing: number;
}

/** 48 bits: among a million objects two in a billion changes go unseen. */
export const hashOf = (facts: string): number => Number.parseInt(hash('sha1', facts).slice(0, 12), 16);

export class KeyBook {
  readonly #entries = new Map<string, Entry>();
  #listing = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** Whether it is known as it is now; the listing has seen it then. */
  knows({ uid }: Pick<Key, 'uid'>, factsHash: number): boolean {
    const held = this.#entries.get(uid);
    if (held?.hash !== factsHash) return false;
    held.listing = this.#listing;
    return true;
  }

  /** To be called once it is told: what is kept on disk in between must not say that it was. */
  note({ uid, namespace, name }: Key, factsHash: number): void {
    this.#entries.set(uid, { place: `${namespace}/${name}`, hash: factsHash, listing: this.#listing });
  }

  /** False if it was not known. */
  remove(uid: string): boolean {
    return this.#entries.delete(uid);
  }

  /** What is noted from now on was seen; the rest is what `endListing` takes for gone. */
  beginListing(): void {
    this.#listing += 1;
  }

  /** Those that were not seen since; each is forgotten when the next one is asked for, and has been told by then. */
  *endListing(): Generator<Key> {
    for (const [uid, { place, listing }] of this.#entries) {
      if (listing === this.#listing) continue;
      yield { uid, ...splitPlace(place) };
      this.#entries.delete(uid);
    }
  }

  /** So that all is told anew. */
  clear(): void {
    this.#entries.clear();
  }

  /** One line for each object. */
  *lines(): Generator<string> {
    for (const [uid, { hash: own, place }] of this.#entries) yield `${uid} ${own.toString(36)} ${place}`;
  }

  /** Throws if it is no line of `lines`. */
  restore(line: string): void {
    const [uid = '', own = '', place = ''] = line.split(' ');
    const value = Number.parseInt(own, 36);
    if (uid === '' || !place.includes('/') || !Number.isSafeInteger(value))
      throw new Error('not a line of a key book');
    this.#entries.set(uid, { place, hash: value, listing: this.#listing });
  }
}

const splitPlace = (place: string): Omit<Key, 'uid'> => {
  const slash = place.indexOf('/');
  return { namespace: place.slice(0, slash), name: place.slice(slash + 1) };
};
