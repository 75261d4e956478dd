// When an event happened, as a number that windows can reckon with.
import type { Event } from '@yagura/contracts';
import { rememberLast } from '../fields/remember-last.ts';

const subMillisecond = /\.\d{3}(\d{1,6})/;

/** Each rule that remembers asks it of the same event. NaN where it cannot be read. */
const parsed = rememberLast((time: string) => {
  const whole = Date.parse(time);
  const digits = !Number.isNaN(whole) && time.length > 24 ? subMillisecond.exec(time)?.[1] : undefined;
  return whole + (digits === undefined ? 0 : Number(`0.${digits}`));
});

/**
 * Milliseconds since the epoch, finer ones as a fraction. `notAfterMs` is when the event was received: a clock that
 * runs ahead must not carry a window into the future. Undefined where the time cannot be read.
 */
export function eventTimeMs(event: Event, notAfterMs?: number): number | undefined {
  const time = parsed(event.time);
  if (Number.isNaN(time)) return notAfterMs;
  return notAfterMs === undefined ? time : Math.min(time, notAfterMs);
}

export const toIso = (ms: number): string => {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
};

/** How much later than its successors an event may come: webhooks batch for 30 s, and nodes lose their network for a while. */
export const latenessMs = 5 * 60_000;
