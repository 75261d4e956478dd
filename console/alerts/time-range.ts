// Points in time of a filter: an age such as `24h`, or RFC 3339.

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const age = /^(\d{1,5})([mhd])$/;

export const commonAges = [
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
] as const;

/** Milliseconds since the epoch; `undefined` for text that is neither an age nor a time. */
export function rangeStartMs(text: string, nowMs: number): number | undefined {
  const found = age.exec(text);
  if (found) return nowMs - Number(found[1]) * unitMs[found[2] as keyof typeof unitMs];
  const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

export const isAge = (text: string): boolean => age.test(text);

/** Value of `<input type="datetime-local">`: local time to the minute. */
export function toLocalInput(text: string | undefined, nowMs: number): string {
  const ms = text === undefined ? undefined : rangeStartMs(text, nowMs);
  if (ms === undefined) return '';
  return new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export const fromLocalInput = (value: string): string | undefined => {
  const ms = value === '' ? Number.NaN : Date.parse(value);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
};
