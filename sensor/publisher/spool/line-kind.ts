// The kind of an event line, at the cost of its first few characters.

const kindFirst = /^\s*\{\s*"kind"\s*:\s*"([A-Za-z0-9._-]{1,64})"/;

/** "unknown" for a line that is no object with a short `kind`; what is wrong with it is for the hub to say. */
export function kindOfLine(line: string): string {
  const first = kindFirst.exec(line.length > 128 ? line.slice(0, 128) : line)?.[1];
  if (first !== undefined) return first;
  try {
    const value: unknown = JSON.parse(line);
    const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
    return typeof kind === 'string' && kind.length > 0 && kind.length <= 64 ? kind : 'unknown';
  } catch {
    return 'unknown';
  }
}

export function countKinds(lines: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const kind = kindOfLine(line);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}
