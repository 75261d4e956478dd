// What the node says about itself with each heartbeat.
import type { Health } from '@yagura/agent';
import type { ComponentReport, Heartbeat, LossCounter } from '@yagura/contracts';
import { type Clock, rfc3339FromMs } from '@yagura/kit';
import type { CollectorWatch } from './collector-watch.ts';
import type { LossLedger } from './loss-ledger.ts';
import type { Spool } from './spool/spool.ts';

export interface NodeFacts {
  readonly version: string;
  readonly kernel: string;
  readonly os: string;
  /** Of this process. */
  readonly resources: () => { readonly rssBytes: number; readonly cpuMs: number };
}

export interface ReportOptions {
  readonly spool: Spool;
  readonly collectors: CollectorWatch;
  readonly losses: LossLedger;
  readonly health: Health;
  readonly facts: NodeFacts;
  readonly clock: Clock;
  readonly startedAt: number;
}

const maxLosses = 512;
export function toHeartbeat(options: ReportOptions): Heartbeat {
  const { spool, collectors, losses, facts, clock } = options;
  const all: readonly LossCounter[] = [...spool.losses(), ...losses.counters(), ...collectors.losses()];
  return {
    time: rfc3339FromMs(clock.now()),
    kernel: facts.kernel,
    os: facts.os,
    components: [ownReport(options), ...collectors.components()],
    losses: all.slice(0, maxLosses),
    spool: spool.report(),
  };
}

function ownReport({ health, facts, spool, startedAt }: ReportOptions): ComponentReport {
  return {
    name: 'publisher',
    version: facts.version,
    startedAt: rfc3339FromMs(startedAt),
    ...health.report(),
    ...facts.resources(),
    eventsTotal: spool.eventsTotal,
  };
}
