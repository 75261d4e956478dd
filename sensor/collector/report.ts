// What the collector says about itself, every few seconds.
import type { CollectorReport } from '@yagura/contracts';
import type { LoaderReport } from './kernel/loader-report.ts';
import type { LossLedger } from './losses.ts';
import { reportKind } from './output/publisher-link.ts';

export interface Resources {
  readonly rssBytes: number;
  readonly cpuMs: number;
}

export interface ReportInput {
  readonly time: string;
  readonly startedAt: string;
  readonly version: string;
  /** Of the last run of the loader; undefined until its probes are attached. */
  readonly loader: LoaderReport | undefined;
  readonly own: Resources;
  readonly eventsTotal: number;
  readonly losses: LossLedger;
}

/** Memory and CPU are those of collector and loader together. */
export function createReport(input: ReportInput): CollectorReport {
  const { loader, own } = input;
  return {
    kind: reportKind,
    time: input.time,
    component: {
      name: 'collector',
      version: input.version,
      startedAt: input.startedAt,
      healthy: loader !== undefined,
      ...(loader ? {} : { message: 'the probes are not attached at the moment; the log says why' }),
      rssBytes: own.rssBytes + (loader?.rssBytes ?? 0),
      cpuMs: own.cpuMs + (loader?.cpuMs ?? 0),
      eventsTotal: input.eventsTotal,
    },
    losses: [...input.losses.list()].slice(0, 256),
  };
}
