// Numbers as people read them: counts, sizes, durations, shares.

const counts = new Intl.NumberFormat('en');
export const formatCount = (count: number): string => counts.format(count);

export const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;

const sizeUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), sizeUnits.length - 1);
  const size = bytes / 1024 ** power;
  return `${size.toFixed(power === 0 || size >= 100 ? 0 : 1)} ${sizeUnits[power]}`;
}

const durations = [
  { unit: 'd', ms: 86_400_000 },
  { unit: 'h', ms: 3_600_000 },
  { unit: 'min', ms: 60_000 },
  { unit: 's', ms: 1_000 },
] as const;

/** The largest unit that fits, without the smaller ones: `3 min`. */
export function formatDuration(durationMs: number): string {
  const fitting = durations.find(({ ms }) => durationMs >= ms);
  if (fitting === undefined) return `${Math.max(0, Math.round(durationMs))} ms`;
  return `${Math.floor(durationMs / fitting.ms)} ${fitting.unit}`;
}

/** CPU time as a share of one core since a start, `0.4 %`. */
export function formatCpuShare(cpuMs: number, elapsedMs: number): string {
  const share = elapsedMs <= 0 ? 0 : (cpuMs / elapsedMs) * 100;
  return `${share.toFixed(share >= 10 ? 0 : 1)} %`;
}
