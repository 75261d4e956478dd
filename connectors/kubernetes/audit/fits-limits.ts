// Whether a parsed JSON value is small and shallow enough to travel on.

export interface ValueLimits {
  readonly chars: number;
  readonly nodes: number;
  readonly depth: number;
}

/** Stops at the first limit that is passed, so that its time is bounded by the limits and not by the value. */
export function fitsLimits(value: unknown, limits: ValueLimits): boolean {
  let chars = 0;
  let nodes = 0;
  const visit = (item: unknown, depth: number): boolean => {
    nodes += 1;
    if (nodes > limits.nodes || depth > limits.depth) return false;
    if (typeof item === 'string') {
      chars += item.length;
      return chars <= limits.chars;
    }
    if (typeof item !== 'object' || item === null) return typeof item !== 'bigint';
    if (Array.isArray(item)) {
      for (const each of item) if (!visit(each, depth + 1)) return false;
      return true;
    }
    for (const key in item) {
      chars += key.length;
      if (chars > limits.chars || !visit((item as Record<string, unknown>)[key], depth + 1)) return false;
    }
    return true;
  };
  return visit(value, 0);
}
