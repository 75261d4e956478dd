// From the times at which alerts fired to activities, in order of time, none longer than the gap that parts incidents.
import type { Activity } from './correlate.ts';
import type { Link } from './links.ts';

export interface AlertTimes {
  readonly alertId: string;
  readonly rule: string;
  readonly links: readonly Link[];
  /** Milliseconds since the epoch, in any order; at least one. */
  readonly timesMs: readonly number[];
}

/** A batch may hold days of an old log: an alert that fired throughout is many activities, each with a time of its own. */
function runsOf(timesMs: readonly number[], gapMs: number): { fromMs: number; toMs: number }[] {
  const runs: { fromMs: number; toMs: number }[] = [];
  for (const timeMs of [...timesMs].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last === undefined || timeMs - last.fromMs > gapMs) runs.push({ fromMs: timeMs, toMs: timeMs });
    else last.toMs = timeMs;
  }
  return runs;
}

export const activitiesOf = (alerts: readonly AlertTimes[], gapMs: number): readonly Activity[] =>
  alerts
    .filter(({ links }) => links.length > 0)
    .flatMap(({ timesMs, ...alert }) => runsOf(timesMs, gapMs).map((run) => ({ ...alert, ...run })))
    .sort((a, b) => a.fromMs - b.fromMs);
