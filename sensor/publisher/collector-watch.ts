// The last word of each component that reports through the socket: whether it still speaks, and how its run before ended.
import { CollectorReport, type ComponentReport, type LossCounter } from '@yagura/contracts';
import type { Clock } from '@yagura/kit';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import type { Kept } from './kept-json.ts';
import { createLossLedger, KeptLosses, keyOf, type LossLedger } from './loss-ledger.ts';

export interface CollectorWatch {
  /** True if the line was a report; a report that does not fit its schema is taken and forgotten. */
  take(line: string, kind: string): boolean;
  components(): readonly ComponentReport[];
  /** Of all runs, those before restarts of this process too. */
  losses(): readonly LossCounter[];
}

const silentAfterMs = 60_000;
const maxComponents = 8;

const Run = Type.Object({ at: Type.Number(), report: CollectorReport });
type Run = Static<typeof Run>;

/** Runs, and what those that are over had lost: together, as a kill between the two would count an end twice. */
export const KeptRuns = Type.Object({
  ended: KeptLosses,
  runs: Type.Array(Run, { maxItems: maxComponents }),
});

export interface CollectorWatchOptions {
  readonly clock: Clock;
  readonly keep?: Kept<Static<typeof KeptRuns>>;
  /** Called when a component has come, ended, begun anew, or changed between well and not. */
  readonly onNews?: () => void;
}

export function createCollectorWatch({ clock, keep, onNews }: CollectorWatchOptions): CollectorWatch {
  const kept = keep?.read();
  const ended = createLossLedger(clock, kept && { read: () => kept.ended, write: () => undefined });
  const runs = new Map(kept?.runs.map((run) => [run.report.component.name, run]));
  const write = (): void => {
    const { since } = ended;
    keep?.write({ ended: { since, counters: [...ended.counters()] }, runs: [...runs.values()] });
  };
  if (kept === undefined) write();
  const takeReport = (report: CollectorReport): void => {
    const { name } = report.component;
    const last = runs.get(name);
    if (last === undefined && runs.size >= maxComponents) return;
    if (last !== undefined && !isSameRun(last.report, report)) closeRun(last, ended);
    runs.set(name, { at: clock.now(), report });
    if (report.ended === true) {
      closeRun({ at: clock.now(), report }, ended);
      runs.delete(name);
    }
    write();
    if (isNews(last?.report, report)) onNews?.();
  };
  return {
    take(line, kind) {
      if (kind !== 'collector.reported') return false;
      const report = parse(line);
      if (report !== undefined) takeReport(report);
      return true;
    },
    components: () =>
      [...runs.values()].map(({ at, report }) => {
        const silentMs = clock.now() - at;
        if (silentMs < silentAfterMs) return report.component;
        const message = `has not reported for ${Math.round(silentMs / 1000)} s; look at its log`;
        return { ...report.component, healthy: false, message };
      }),
    losses: () => addUp(ended, [...runs.values()]),
  };
}

const isSameRun = (last: CollectorReport, next: CollectorReport): boolean =>
  last.component.startedAt === next.component.startedAt;

const isNews = (last: CollectorReport | undefined, next: CollectorReport): boolean =>
  last === undefined ||
  next.ended === true ||
  !isSameRun(last, next) ||
  last.component.healthy !== next.component.healthy;

/** What it had counted stays counted; that it ended in the middle of its work is a loss whose size nobody knows. */
function closeRun({ report }: Run, ended: LossLedger): void {
  for (const { stage, kind, reason = '', count } of report.losses) ended.add({ stage, kind, reason, count });
  const isOrderly = report.ended === true || report.ending === true || report.resumes === true;
  if (isOrderly) return;
  const reason = `${report.component.name} ended without a word (times)`;
  ended.add({ stage: 'collector', kind: 'unknown', reason, count: 1 });
}

/** One counter for each place: the hub takes a counter that begins anew for another. */
function addUp({ counters, since }: LossLedger, runs: readonly Run[]): readonly LossCounter[] {
  const sums = new Map(counters().map((counter) => [keyOf(counter), counter]));
  for (const counter of runs.flatMap(({ report }) => report.losses)) {
    const before = sums.get(keyOf(counter))?.count ?? 0;
    sums.set(keyOf(counter), { ...counter, count: before + counter.count, since });
  }
  return [...sums.values()];
}

function parse(line: string): CollectorReport | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return Value.Check(CollectorReport, value) ? value : undefined;
  } catch {
    return undefined;
  }
}
