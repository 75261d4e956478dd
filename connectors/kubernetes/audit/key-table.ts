// Finds out which of some known keys stands at a place of a text, without cutting it out.

const slots = 256;
const attempts = 1_000;

const slotOf = (mixture: number, length: number, ends: number): number =>
  (length * mixture + ends * (mixture >> 3)) & (slots - 1);

const endsOf = (text: string, start: number, end: number): number =>
  text.charCodeAt(start) + 5 * text.charCodeAt(end - 1);

/** Position of the key among the names, -1 when it is none of them. `end` is exclusive. */
export type FindKey = (text: string, start: number, end: number) => number;

function tabulate(names: readonly string[], mixture: number): Int8Array | undefined {
  const taken = new Int8Array(slots).fill(-1);
  for (const [index, name] of names.entries()) {
    const slot = slotOf(mixture, name.length, endsOf(name, 0, name.length));
    if (taken[slot] !== -1) return undefined;
    taken[slot] = index;
  }
  return taken;
}

/** Throws when two names are alike in their length and ends: they are few and known to whoever writes them. */
export function createKeyTable(names: readonly string[]): FindKey {
  for (let mixture = 8; mixture < attempts; mixture += 1) {
    const taken = tabulate(names, mixture);
    if (taken !== undefined) return finder(names, taken, mixture);
  }
  throw new Error(`the keys ${names.join(', ')} cannot be told apart by length and ends`);
}

function finder(names: readonly string[], taken: Int8Array, mixture: number): FindKey {
  return (text, start, end) => {
    const length = end - start;
    const index = taken[slotOf(mixture, length, endsOf(text, start, end))] as number;
    if (index === -1) return -1;
    const name = names[index] as string;
    return name.length === length && text.startsWith(name, start) ? index : -1;
  };
}
