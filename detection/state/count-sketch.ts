// Counts of things too many to keep: a count-min sketch with conservative update. It never counts too low.
import { randomInt } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { hashPair } from './hash.ts';

const rows = 4;
const most = 255;

export interface CountSketch {
  readonly width: number;
  /** Drawn by lot, so that nobody can choose a name that passes for a known one. */
  readonly seed: number;
  /** Things that were added and not there before, as far as the sketch can tell. */
  distinct: number;
  readonly cells: Uint8Array;
}

export const createSketch = (width: number): CountSketch => ({
  width,
  seed: randomInt(2 ** 32),
  distinct: 0,
  cells: new Uint8Array(width * rows),
});

function cellsOf({ width, seed }: CountSketch, thing: string): readonly number[] {
  const [first, second] = hashPair(thing, seed);
  const step = (second | 1) >>> 0;
  return [0, 1, 2, 3].map((row) => row * width + ((first + row * step) % width));
}

export function countOf(sketch: CountSketch, thing: string): number {
  let least = most;
  for (const cell of cellsOf(sketch, thing)) least = Math.min(least, sketch.cells[cell] ?? 0);
  return least;
}

export function addTo(sketch: CountSketch, thing: string): void {
  const count = countOf(sketch, thing);
  if (count === 0) sketch.distinct += 1;
  const next = Math.min(most, count + 1);
  for (const cell of cellsOf(sketch, thing)) if ((sketch.cells[cell] ?? 0) < next) sketch.cells[cell] = next;
}

/** Beyond this many, one new thing in a hundred would pass for a known one. */
export const isFull = ({ distinct, width }: CountSketch): boolean => distinct >= width * 0.38;

export const saveSketch = ({ width, seed, distinct, cells }: CountSketch): unknown => ({
  ...{ width, seed, distinct },
  cells: deflateRawSync(cells, { level: 1 }).toString('base64'),
});

const widest = 1 << 20;

export function loadSketch(saved: unknown): CountSketch | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const { width, seed, distinct, cells } = saved as Record<string, unknown>;
  if (typeof width !== 'number' || !Number.isInteger(width) || width < 1 || width > widest) return undefined;
  if (typeof seed !== 'number' || typeof distinct !== 'number' || typeof cells !== 'string') return undefined;
  try {
    const inflated = inflateRawSync(Buffer.from(cells, 'base64'), { maxOutputLength: width * rows });
    return inflated.length === width * rows
      ? { width, seed, distinct, cells: new Uint8Array(inflated) }
      : undefined;
  } catch {
    return undefined;
  }
}
