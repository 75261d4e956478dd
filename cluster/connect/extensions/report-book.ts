// What is known of each extension: the last report, how often it failed, and when it is looked at again.
import type { DesiredExtension, ExtensionName, ExtensionReport } from '@yagura/contracts';
import { backoffMs, type Clock, rfc3339FromMs } from '@yagura/kit';
import type { Outcome } from './reconcile.ts';

export interface ReportBook {
  reports(): readonly ExtensionReport[];
  /** As the hub has them from before this process began; what is known here counts more. */
  recall(reported: readonly ExtensionReport[]): void;
  /** Not so while what failed is left alone for a while. */
  isDue(desired: DesiredExtension): boolean;
  /** Whether it is news. */
  note(desired: DesiredExtension, outcome: Outcome): boolean;
}

interface Entry {
  readonly report: ExtensionReport;
  readonly failures: number;
  readonly dueAt: number;
}

export interface ReportBookOptions {
  readonly clock: Clock;
  /** After the first failure; longer after each further one. */
  readonly retryMs: number;
}

const longestRetryMs = 600_000;
const maxMessage = 2048;

export function createReportBook({ clock, retryMs }: ReportBookOptions): ReportBook {
  const entries = new Map<ExtensionName, Entry>();
  const entryOf = ({ name, generation }: DesiredExtension): Entry | undefined => {
    const entry = entries.get(name);
    return entry?.report.generation === generation ? entry : undefined;
  };
  return {
    reports: () => [...entries.values()].map(({ report }) => report),
    recall(reported) {
      for (const report of reported)
        if (!entries.has(report.name)) entries.set(report.name, { report, failures: 0, dueAt: 0 });
    },
    isDue: (desired) => (entryOf(desired)?.dueAt ?? 0) <= clock.now(),
    note(desired, outcome) {
      const before = entryOf(desired);
      const report = toReport(desired, outcome, { before: before?.report, now: clock.now() });
      const failures = failuresAfter(outcome, before?.failures ?? 0);
      const waitMs = backoffMs(Math.max(1, failures), { minMs: retryMs, maxMs: longestRetryMs });
      const isOver = outcome.status === 'failed';
      entries.set(desired.name, { report, failures, dueAt: isOver ? clock.now() + waitMs : 0 });
      return report !== before?.report;
    },
  };
}

function failuresAfter({ status }: Outcome, before: number): number {
  if (status === 'failed') return before + 1;
  // On the way it is not known yet how it ends.
  return status === 'installing' || status === 'removing' ? before : 0;
}

/** The one before where nothing has changed. */
function toReport(
  { name, generation }: DesiredExtension,
  { status, message, revision }: Outcome,
  { before, now }: { readonly before: ExtensionReport | undefined; readonly now: number },
): ExtensionReport {
  const isAsBefore = before?.status === status;
  // Why it was rolled back is told once, by the run that did it.
  const said = isAsBefore && status === 'rolled-back' ? before.message : undefined;
  const text = message?.toWellFormed().slice(0, maxMessage) ?? said;
  if (isAsBefore && before.message === text && before.revision === revision) return before;
  return {
    ...{ name, generation, status, at: rfc3339FromMs(now) },
    ...(text ? { message: text } : {}),
    ...(revision === undefined ? {} : { revision }),
  };
}
