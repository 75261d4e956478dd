// Looks up what is known of an address by the spans of addresses that hold it; the innermost span counts.
import { type Address, type AddressSpan, parseAddress } from './address.ts';

/** Addresses come again and again: what was found is kept for so many of them. */
const cacheLimit = 4096;

export interface AddressTable<Value> {
  /** Undefined for an address of no span, and for a text that is no address. */
  readonly find: (address: string) => Value | undefined;
}

export type AddressEntry<Value> = readonly [AddressSpan, Value];

/** What holds from each boundary up to the next; before the first nothing is known. */
class Boundaries<Value> {
  readonly #firsts: bigint[] = [];
  readonly #values: (Value | undefined)[] = [];

  mark(first: bigint, value: Value | undefined): void {
    if (this.#firsts.at(-1) === first) this.#values[this.#values.length - 1] = value;
    else if (this.#values.at(-1) !== value) {
      this.#firsts.push(first);
      this.#values.push(value);
    }
  }

  find(address: bigint): Value | undefined {
    let [low, high] = [0, this.#firsts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#firsts[middle] as bigint) <= address) low = middle + 1;
      else high = middle;
    }
    return this.#values[low - 1];
  }
}

/** Outer spans stand before those inside them, and of two alike the later one stays behind. */
const outerFirst = ([a]: AddressEntry<unknown>, [b]: AddressEntry<unknown>): number =>
  a.first === b.first ? Number(b.last > a.last) - Number(b.last < a.last) : a.first < b.first ? -1 : 1;

/** Flattens spans that lie in one another; where two overlap only in part, the one that begins later counts. */
function flatten<Value>(entries: AddressEntry<Value>[]): Boundaries<Value> {
  const boundaries = new Boundaries<Value>();
  const open: AddressEntry<Value>[] = [];
  const lastOpen = (): bigint | undefined => open.at(-1)?.[0].last;
  const leave = (until?: bigint): void => {
    for (
      let last = lastOpen();
      last !== undefined && (until === undefined || last < until);
      last = lastOpen()
    ) {
      for (let outer: bigint | undefined = last; outer !== undefined && outer <= last; outer = lastOpen())
        open.pop();
      boundaries.mark(last + 1n, open.at(-1)?.[1]);
    }
  };
  for (const entry of entries.sort(outerFirst)) {
    leave(entry[0].first);
    boundaries.mark(entry[0].first, entry[1]);
    open.push(entry);
  }
  leave();
  return boundaries;
}

/** Some steps for each look-up, and a few words of memory for each span, however large it is. */
export function createAddressTable<Value>(entries: Iterable<AddressEntry<Value>>): AddressTable<Value> {
  const byBits: Record<Address['bits'], AddressEntry<Value>[]> = { 32: [], 128: [] };
  for (const entry of entries) byBits[entry[0].bits].push(entry);
  const tables = { 32: flatten(byBits[32]), 128: flatten(byBits[128]) };
  const cache = new Map<string, Value | undefined>();
  const search = (text: string): Value | undefined => {
    const address = parseAddress(text);
    return address === undefined ? undefined : tables[address.bits].find(address.value);
  };
  return {
    find: (text) => {
      if (cache.has(text)) return cache.get(text);
      const found = search(text);
      if (cache.size >= cacheLimit) cache.clear();
      cache.set(text, found);
      return found;
    },
  };
}
