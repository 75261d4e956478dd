// A point in time as its distance from now.
import { formatDuration } from './quantity.ts';

/** Within it two clocks may differ without anybody being wrong. */
const justNowMs = 5_000;

export function relativeTime(value: string, nowMs: number): string {
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) return value;
  const distanceMs = nowMs - ms;
  if (Math.abs(distanceMs) < justNowMs) return 'just now';
  return distanceMs > 0 ? `${formatDuration(distanceMs)} ago` : `in ${formatDuration(-distanceMs)}`;
}

const absolute = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });
const zoned = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'long' });

/** `2026-11-24 04:13:47` in the reader's time zone. */
export const absoluteTime = (value: string): string => format(absolute, value);
export const zonedTime = (value: string): string => format(zoned, value);

const format = (form: Intl.DateTimeFormat, value: string): string => {
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? value : form.format(ms);
};
