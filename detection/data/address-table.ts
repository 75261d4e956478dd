// Looks up what is known of an address by the networks that hold it; the smallest network counts.
import { type Network, parseAddress } from './address.ts';

/** Addresses come again and again: what was found is kept for so many of them. */
const cacheLimit = 4096;

interface Level<Value> {
  readonly bits: number;
  readonly shift: bigint;
  readonly prefix: number;
  readonly values: Map<bigint, Value>;
}

export interface AddressTable<Value> {
  /** Undefined for an address of no network, and for a text that is no address. */
  readonly find: (address: string) => Value | undefined;
}

function levelsOf<Value>(entries: Iterable<readonly [Network, Value]>): readonly Level<Value>[] {
  const levels = new Map<string, Level<Value>>();
  for (const [{ bits, prefix, value }, held] of entries) {
    const key = `${bits}/${prefix}`;
    const level = levels.get(key) ?? { bits, prefix, shift: BigInt(bits - prefix), values: new Map() };
    level.values.set(value >> level.shift, held);
    levels.set(key, level);
  }
  return [...levels.values()].sort((a, b) => b.prefix - a.prefix);
}

/** One step a prefix length, however many networks there are. */
export function createAddressTable<Value>(entries: Iterable<readonly [Network, Value]>): AddressTable<Value> {
  const levels = levelsOf(entries);
  const cache = new Map<string, Value | undefined>();
  const search = (text: string): Value | undefined => {
    const address = parseAddress(text);
    if (address === undefined) return undefined;
    for (const { bits, shift, values } of levels) {
      const found = bits === address.bits ? values.get(address.value >> shift) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
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
