// Times as text, without losing what a double cannot hold.

/** RFC 3339 in UTC with nine digits of a second, from nanoseconds since the epoch. */
export function rfc3339FromNs(ns: bigint): string {
  const wholeMs = ns / 1_000_000n;
  const restNs = ns % 1_000_000n;
  const [milliseconds, remainder] = restNs < 0n ? [wholeMs - 1n, restNs + 1_000_000n] : [wholeMs, restNs];
  const text = new Date(Number(milliseconds)).toISOString();
  return `${text.slice(0, -1)}${remainder.toString().padStart(6, '0')}Z`;
}

/** RFC 3339 in UTC with milliseconds. */
export const rfc3339FromMs = (ms: number): string => new Date(ms).toISOString();
