// The last word of each component that reports through the socket, and whether it still speaks.
import { CollectorReport, type ComponentReport, type LossCounter } from '@yagura/contracts';
import type { Clock } from '@yagura/kit';
import Value from 'typebox/value';

export interface CollectorWatch {
  /** True if the line was a report; a report that does not fit its schema is taken and forgotten. */
  take(line: string, kind: string): boolean;
  components(): readonly ComponentReport[];
  losses(): readonly LossCounter[];
}

const silentAfterMs = 60_000;
const maxComponents = 8;

export function createCollectorWatch(clock: Clock): CollectorWatch {
  const reports = new Map<string, { readonly at: number; readonly report: CollectorReport }>();
  return {
    take(line, kind) {
      if (kind !== 'collector.reported') return false;
      const report = parse(line);
      if (report?.ended === true) reports.delete(report.component.name);
      else if (report && (reports.has(report.component.name) || reports.size < maxComponents))
        reports.set(report.component.name, { at: clock.now(), report });
      return true;
    },
    components: () =>
      [...reports.values()].map(({ at, report }) => {
        const silentMs = clock.now() - at;
        if (silentMs < silentAfterMs) return report.component;
        const message = `has not reported for ${Math.round(silentMs / 1000)} s; look at its log`;
        return { ...report.component, healthy: false, message };
      }),
    losses: () => [...reports.values()].flatMap(({ report }) => report.losses),
  };
}

function parse(line: string): CollectorReport | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return Value.Check(CollectorReport, value) ? value : undefined;
  } catch {
    return undefined;
  }
}
