// What the inventory says about itself, every few seconds and at its end.
import type { CollectorReport } from '@yagura/contracts';
import type { Output } from './output.ts';

export interface ReportInput {
  readonly time: string;
  readonly startedAt: string;
  readonly version: string;
  readonly problem: string | undefined;
  readonly resources: { readonly rssBytes: number; readonly cpuMs: number };
  readonly output: Pick<Output, 'recordsTotal' | 'lost'>;
  readonly tooLarge: ReadonlyMap<string, number>;
}

export function createReport(input: ReportInput): CollectorReport {
  const { time, startedAt, version, problem, resources, output, tooLarge } = input;
  const since = startedAt;
  return {
    kind: 'collector.reported',
    resumes: true,
    time,
    component: {
      ...{ name: 'inventory', version, startedAt, healthy: problem === undefined },
      ...(problem === undefined ? {} : { message: problem }),
      ...resources,
      eventsTotal: output.recordsTotal,
    },
    losses: [
      ...[...output.lost].map(([kind, count]) => ({
        stage: 'socket',
        kind,
        reason: 'inventory',
        count,
        since,
      })),
      ...[...tooLarge].map(([resource, count]) => {
        const reason = `object of ${resource} too large`;
        return { stage: 'decode', kind: 'object.observed', reason, count, since };
      }),
    ],
  };
}
