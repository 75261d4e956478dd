// Spans of time as rules write them: `90s`, `5m`, `12h`, `7d`.

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Undefined for what is no span of time. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
  const factor = unitMs[unit];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}

/** In the largest unit that needs no fraction. */
export function formatDuration(ms: number): string {
  const fitting = Object.entries(unitMs).filter(([, factor]) => ms % factor === 0);
  const [unit, factor] = fitting.at(-1) ?? ['ms', 1];
  return `${ms / factor}${unit}`;
}
