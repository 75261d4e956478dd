// How the node is, told to the hub every few seconds; the last one counts, so that a lost one does no harm.
import type { ComponentReport, Heartbeat, LossCounter } from '@yagura/contracts';
import { type Clock, rfc3339FromMs, sleep } from '@yagura/kit';
import type { CollectorWatch } from './collector-watch.ts';
import { describe, type Health } from './health.ts';
import { callHub, jsonOf, reasonOf } from './hub-client.ts';
import type { IdentityKeeper } from './identity/keeper.ts';
import type { LossLedger } from './loss-ledger.ts';
import type { Spool } from './spool/spool.ts';

export interface NodeFacts {
  readonly version: string;
  readonly kernel: string;
  readonly os: string;
  /** Of this process. */
  readonly resources: () => { readonly rssBytes: number; readonly cpuMs: number };
}

export interface HeartbeatOptions {
  readonly keeper: Pick<IdentityKeeper, 'connection' | 'distrust'>;
  readonly spool: Spool;
  readonly collectors: CollectorWatch;
  readonly losses: LossLedger;
  readonly health: Health;
  readonly facts: NodeFacts;
  readonly clock: Clock;
  readonly startedAt: number;
  readonly everyMs: number;
}

const maxLosses = 512;
const longestMs = 300_000;

/** Runs until the signal fires. */
export async function runHeartbeat(options: HeartbeatOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const askedMs = await beat(options, signal).catch((error: unknown) => {
      if (!signal.aborted) options.health.set('heartbeat', describe(error));
      return undefined;
    });
    // The hub may ask for fewer, never for more than we were set up for.
    const waitMs = Math.min(longestMs, Math.max(options.everyMs, askedMs ?? 0));
    await sleep(waitMs, signal).catch(() => {});
  }
}

async function beat(options: HeartbeatOptions, signal: AbortSignal): Promise<number | undefined> {
  const connection = await options.keeper.connection(signal);
  const call = { body: JSON.stringify(toHeartbeat(options)), signal, timeoutMs: 10_000 };
  const response = await callHub(connection, 'sendHeartbeat', call);
  if (response.status === 401 || response.status === 403)
    options.keeper.distrust(connection, reasonOf(response));
  if (response.status >= 300) throw new Error(reasonOf(response));
  options.health.set('heartbeat', undefined);
  const answer = jsonOf(response);
  const nextInMs =
    typeof answer === 'object' && answer !== null && 'nextInMs' in answer ? answer.nextInMs : 0;
  return typeof nextInMs === 'number' ? nextInMs : undefined;
}

export function toHeartbeat(options: HeartbeatOptions): Heartbeat {
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

function ownReport({ health, facts, spool, startedAt }: HeartbeatOptions): ComponentReport {
  return {
    name: 'publisher',
    version: facts.version,
    startedAt: rfc3339FromMs(startedAt),
    ...health.report(),
    ...facts.resources(),
    eventsTotal: spool.eventsTotal,
  };
}
