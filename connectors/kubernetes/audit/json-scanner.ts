// Walks one object of compact JSON once, and notes where the values of some paths lie, without making anything of them.
import { endOfKey, endOfValue } from './json-grammar.ts';
import { createKeyTable, type FindKey } from './key-table.ts';

const comma = 0x2c;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;

export type Path = readonly string[];

/** The keys of one object that are of interest. */
interface Level {
  readonly find: FindKey;
  /** Each key as it stands before its value. */
  readonly written: readonly string[];
  /** Which key came last behind each key, at its index, and first of all, behind the others: it mostly comes again. */
  readonly next: Int32Array;
  /** Of each key: the number of its path. */
  readonly numbers: readonly number[];
  /** Of each key: what is looked for in its value. */
  readonly inner: readonly (Level | undefined)[];
  /** Of each key: the numbers of all paths below it. */
  readonly below: readonly (readonly number[])[];
}

const isBelow = (path: Path, start: Path): boolean =>
  path.length > start.length && start.every((key, at) => path[at] === key);

function levelOf(paths: readonly Path[], prefix: Path): Level | undefined {
  const within = paths.filter((path) => isBelow(path, prefix));
  if (within.length === 0) return undefined;
  const names = [...new Set(within.map((path) => path[prefix.length] ?? ''))];
  const starts = names.map((name) => [...prefix, name]);
  return {
    find: createKeyTable(names),
    written: names.map((name) => `"${name}":`),
    next: new Int32Array(names.length + 1),
    numbers: starts.map((start) => paths.findIndex((path) => path.join('\0') === start.join('\0'))),
    inner: starts.map((start) => levelOf(paths, start)),
    below: starts.map((start) => paths.flatMap((path, number) => (isBelow(path, start) ? [number] : []))),
  };
}

/** One walk of one record; `spans` are of the last one. */
export class JsonScanner {
  /** Of path n: where its value begins, at 2n, and ends, at 2n + 1; -1 when there is no such value. */
  readonly spans: Int32Array;
  readonly #top: Level;

  /** The parents of each path must be paths too: whoever reads a value has to know what it lies in. */
  constructor(paths: readonly Path[]) {
    const top = levelOf(paths, []);
    if (top === undefined) throw new Error('a scanner looks for something');
    this.spans = new Int32Array(paths.length * 2);
    this.#top = top;
  }

  /**
   * The end of the object that opens at `from`; -1 when it is not whole, not compact, not JSON, too deep, or when an
   * escape may hide one of the keys: then nothing is known of it. Of a key that stands twice the later one counts.
   */
  scan(text: string, from: number): number {
    this.spans.fill(-1);
    return this.#scanObject(text, from, this.#top);
  }

  #scanObject(text: string, from: number, level: Level): number {
    if (text.charCodeAt(from) !== openBrace) return endOfValue(text, from);
    if (text.charCodeAt(from + 1) === closeBrace) return from + 2;
    let last = level.written.length;
    for (let at = from + 1; ; at += 1) {
      const guess = level.next[last] as number;
      const written = level.written[guess] as string;
      let index = guess;
      let value = at + written.length;
      if (!text.startsWith(written, at)) {
        value = endOfKey(text, at);
        if (value === -1) return -1;
        index = level.find(text, at + 1, value - 2);
        if (index !== -1) level.next[last] = index;
        else if (isEscaped(text, at + 1, value - 2)) return -1;
      }
      if (index === -1) at = endOfValue(text, value);
      else {
        last = index;
        at = this.#scanMember(text, value, level, index);
      }
      if (at === -1) return -1;
      const unit = text.charCodeAt(at);
      if (unit === closeBrace) return at + 1;
      if (unit !== comma) return -1;
    }
  }

  #scanMember(text: string, value: number, level: Level, index: number): number {
    const inner = level.inner[index];
    if (inner !== undefined) for (const each of level.below[index] ?? []) this.spans[2 * each] = -1;
    const end = inner === undefined ? endOfValue(text, value) : this.#scanObject(text, value, inner);
    const number = level.numbers[index] as number;
    this.spans[2 * number] = value;
    this.spans[2 * number + 1] = end;
    return end;
  }
}

function isEscaped(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) === backslash) return true;
  return false;
}
