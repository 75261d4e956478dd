// Finds the steps of a sequence among events that stand in the order of their times.

export interface Hit {
  readonly timeMs: number;
  /** Bit n: the event is step n. */
  readonly steps: number;
}

export interface ChainShape {
  /** Bits of the steps that must occur, in order. */
  readonly wanted: readonly number[];
  /** Bits of what must not come before the step of the same place; 0: anything may. */
  readonly forbidden: readonly number[];
  readonly withinMs: number;
}

interface Link {
  readonly hit: number;
  /** Where the chain begins that ends here; the latest of all, as that fits a window best. */
  readonly startMs: number;
  readonly before: Link | undefined;
}

const has = (hit: Hit | undefined, bits: number): boolean => hit !== undefined && (hit.steps & bits) !== 0;

function bestBefore(
  hits: readonly Hit[],
  links: readonly (Link | undefined)[],
  until: number,
  forbidden: number,
): Link | undefined {
  let best: Link | undefined;
  for (let at = until - 1; at >= 0; at -= 1) {
    const link = links[at];
    if (link !== undefined && (best === undefined || link.startMs > best.startMs)) best = link;
    if (has(hits[at], forbidden)) return best;
  }
  return best;
}

/** Indices of the hits that make the sequence, its last step at `last`; none where there is no such chain. */
export function findChain(hits: readonly Hit[], last: number, shape: ChainShape): readonly number[] {
  const { wanted, forbidden, withinMs } = shape;
  let links: (Link | undefined)[] = [];
  for (const [step, bits] of wanted.entries()) {
    const isLast = step === wanted.length - 1;
    const next: (Link | undefined)[] = [];
    for (let at = isLast ? last : 0; at <= last; at += 1) {
      if (!has(hits[at], bits)) continue;
      const startMs = hits[at]?.timeMs ?? 0;
      const before = step === 0 ? undefined : bestBefore(hits, links, at, forbidden[step] ?? 0);
      if (step === 0) next[at] = { hit: at, startMs, before };
      else if (before !== undefined) next[at] = { hit: at, startMs: before.startMs, before };
    }
    links = next;
  }
  const end = links[last];
  if (end === undefined || (hits[last]?.timeMs ?? 0) - end.startMs > withinMs) return [];
  const chain: number[] = [];
  for (let link: Link | undefined = end; link !== undefined; link = link.before) chain.unshift(link.hit);
  return chain;
}
