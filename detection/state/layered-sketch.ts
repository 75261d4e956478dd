// Sketches in layers: a full or an old one is followed by a new one, and the oldest is forgotten in the end.
import {
  addTo,
  type CountSketch,
  countOf,
  createSketch,
  isFull,
  loadSketch,
  saveSketch,
} from './count-sketch.ts';

interface Layer {
  readonly sketch: CountSketch;
  readonly fromMs: number;
  untilMs: number;
}

const firstWidth = 1 << 11;
const lastWidth = 1 << 15;
const growth = 4;
/** With widths of 2, 8 and then 32 thousand cells in four rows: half a megabyte. */
const layerLimit = 6;

export interface LayeredSketch {
  /** How often it was seen, capped, in what is still remembered at `timeMs`. */
  readonly count: (thing: string, timeMs: number) => number;
  readonly add: (thing: string, timeMs: number) => void;
  /** Things that went with a layer for want of room. */
  readonly evictions: () => number;
  readonly save: () => unknown;
  readonly load: (saved: unknown) => boolean;
}

/** What was seen within `rememberMs` is known; what was not for three times as long is forgotten for sure. */
export function createLayeredSketch(rememberMs: number): LayeredSketch {
  let layers: Layer[] = [];
  let evictions = 0;

  const isRemembered = ({ untilMs }: Layer, timeMs: number): boolean => untilMs >= timeMs - rememberMs;
  const open = (width: number, timeMs: number): Layer => {
    layers = layers.filter((layer) => isRemembered(layer, timeMs));
    if (layers.length >= layerLimit) evictions += layers.shift()?.sketch.distinct ?? 0;
    const layer = { sketch: createSketch(width), fromMs: timeMs, untilMs: timeMs };
    layers.push(layer);
    return layer;
  };
  const current = (timeMs: number): Layer => {
    const last = layers.at(-1);
    if (last === undefined) return open(firstWidth, timeMs);
    if (isFull(last.sketch)) return open(Math.min(lastWidth, last.sketch.width * growth), timeMs);
    return timeMs - last.fromMs > rememberMs ? open(last.sketch.width, timeMs) : last;
  };

  return {
    count: (thing, timeMs) =>
      layers.reduce(
        (sum, layer) => (isRemembered(layer, timeMs) ? sum + countOf(layer.sketch, thing) : sum),
        0,
      ),
    add: (thing, timeMs) => {
      const layer = current(timeMs);
      addTo(layer.sketch, thing);
      layer.untilMs = Math.max(layer.untilMs, timeMs);
    },
    evictions: () => evictions,
    save: () => layers.map(({ sketch, ...times }) => ({ ...times, sketch: saveSketch(sketch) })),
    load: (saved) => {
      const loaded = Array.isArray(saved) ? saved.slice(-layerLimit).map(loadLayer) : [undefined];
      if (loaded.includes(undefined)) return false;
      layers = loaded.filter((layer) => layer !== undefined);
      return true;
    },
  };
}

function loadLayer(saved: unknown): Layer | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const { fromMs, untilMs, sketch } = saved as Record<string, unknown>;
  const loaded = loadSketch(sketch);
  if (loaded === undefined || typeof fromMs !== 'number' || typeof untilMs !== 'number') return undefined;
  return { sketch: loaded, fromMs, untilMs };
}
