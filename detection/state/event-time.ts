// When an event happened, as a number that windows can reckon with.
import type { Event } from '@yagura/contracts';
import { rememberLast } from '../fields/remember-last.ts';

const subMillisecond = /\.\d{3}(\d{1,6})/;

const parsed = rememberLast((time: string) => Date.parse(time));

/**
 * Milliseconds since the epoch, finer ones as a fraction. `notAfterMs` is when the event was received: a clock that
 * runs ahead must not carry a window into the future. Undefined where the time cannot be read.
 */
export function eventTimeMs(event: Event, notAfterMs?: number): number | undefined {
  const whole = parsed(event.time);
  if (Number.isNaN(whole)) return notAfterMs;
  const digits = event.time.length > 24 ? subMillisecond.exec(event.time)?.[1] : undefined;
  const time = digits === undefined ? whole : whole + Number(`0.${digits}`);
  return notAfterMs === undefined ? time : Math.min(time, notAfterMs);
}

export const toIso = (ms: number): string => {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
};

/** How much later than its successors an event may come: webhooks batch for 30 s, and nodes lose their network for a while. */
export const latenessMs = 5 * 60_000;
