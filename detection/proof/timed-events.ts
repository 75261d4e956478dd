// The events of a test case in the order of their writing: repeated where the case says so, each at its time.
import type { Event } from '@yagura/contracts';
import { isRecord } from '../fields/outside-value.ts';
import { parseDuration } from '../state/duration.ts';
import { expandEvent } from './compact-event.ts';

export type TimedEvents =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly message: string };

interface Moment {
  readonly entry: Readonly<Record<string, unknown>>;
  readonly atMs: number;
  readonly isTimed: boolean;
}

const baseMs = Date.parse('2026-05-04T10:00:00Z');
const stepMs = 1_000;
const repeatLimit = 10_000;

/** `{n}` in any text becomes the number of the repetition, from 0. */
function numbered(value: unknown, n: number): unknown {
  if (typeof value === 'string') return value.replaceAll('{n}', String(n));
  if (Array.isArray(value)) return value.map((part) => numbered(part, n));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, numbered(part, n)]));
}

/** Of the keys that stand beside `process`, `audit` or `event`. */
function momentsOf(value: unknown, fromMs: number): readonly Moment[] | string {
  if (!isRecord(value)) return [{ entry: { event: value }, atMs: fromMs, isTimed: false }];
  const { at, repeat = 1, every, ...entry } = value;
  const atMs = at === undefined ? fromMs : typeof at === 'string' ? parseDuration(at) : undefined;
  if (atMs === undefined) return '`at` is a time since the first event, such as 90s or 8d';
  const everyMs = every === undefined ? stepMs : typeof every === 'string' ? parseDuration(every) : undefined;
  if (everyMs === undefined) return '`every` is a span of time, such as 2s';
  if (typeof repeat !== 'number' || !Number.isInteger(repeat) || repeat < 1 || repeat > repeatLimit)
    return `\`repeat\` is a whole number up to ${repeatLimit}`;
  const isTimed = entry['event'] === undefined || at !== undefined;
  return Array.from({ length: repeat }, (_, n) => ({
    entry: repeat === 1 ? entry : (numbered(entry, n) as Record<string, unknown>),
    atMs: atMs + n * everyMs,
    isTimed,
  }));
}

/** A second after one another where `at` does not say another time; a whole `event` without `at` keeps its own. */
export function timedEvents(entries: readonly unknown[]): TimedEvents {
  const events: Event[] = [];
  let fromMs = 0;
  for (const [index, value] of entries.entries()) {
    const moments = momentsOf(value, fromMs);
    const problem = (message: string): TimedEvents => ({
      ok: false,
      message: `event ${index + 1}: ${message}`,
    });
    if (typeof moments === 'string') return problem(moments);
    for (const { entry, atMs, isTimed } of moments) {
      const expanded = expandEvent(entry, events.length);
      if (!expanded.ok) return problem(expanded.message);
      const time = new Date(baseMs + atMs).toISOString();
      events.push(isTimed ? { ...expanded.event, time } : expanded.event);
    }
    fromMs = (moments.at(-1)?.atMs ?? fromMs) + stepMs;
  }
  return { ok: true, events };
}
