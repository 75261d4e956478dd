// A short hash of texts for what is kept in memory by the ten thousand: fast, seeded, not against forgery.

/** Two words of 32 bits, well mixed (cyrb53 by bryc, public domain). */
export function hashPair(text: string, seed = 0): readonly [number, number] {
  let h1 = 0xdeadbeef ^ seed;
  let h2 = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    h1 = Math.imul(h1 ^ code, 2654435761);
    h2 = Math.imul(h2 ^ code, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return [h1 >>> 0, h2 >>> 0];
}

/** 53 bits: of a hundred thousand texts, two are alike once in a million runs. */
export function hashNumber(text: string): number {
  const [high, low] = hashPair(text);
  return (high & 0x1fffff) * 0x1_0000_0000 + low;
}
