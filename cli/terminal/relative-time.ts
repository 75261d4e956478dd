// Times as a person says them.

const steps: readonly (readonly [limitSeconds: number, unitSeconds: number, unit: string])[] = [
  [60, 1, 's'],
  [3600, 60, 'min'],
  [86_400, 3600, 'h'],
  [86_400 * 60, 86_400, 'd'],
];

/** `12 s ago`; a date when it is more than two months away; the text itself when it is no time. */
export function relativeTime(time: string, now: number): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return time;
  const seconds = Math.round((now - at) / 1000);
  const step = steps.find(([limit]) => Math.abs(seconds) < limit);
  if (step === undefined) return time.slice(0, 10);
  const amount = `${Math.floor(Math.abs(seconds) / step[1])} ${step[2]}`;
  return seconds < 0 ? `in ${amount}` : `${amount} ago`;
}
