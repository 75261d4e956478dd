// Notes who sent how much and what was lost at the hub's door, and writes it to the store every two seconds.
import type { Clock, Logger } from '@yagura/kit';
import { recordAgentTraffic, recordClusterTraffic } from '../store/contacts.ts';
import type { Database } from '../store/database.ts';
import { type LossOwner, mergeLosses } from '../store/losses.ts';
import type { IngestMetrics } from './ingest-metrics.ts';

export interface ContactBook extends AsyncDisposable {
  agentSent(agentId: string, kinds: Readonly<Record<string, number>>): void;
  /** Audit events. */
  clusterSent(name: string, events: number): void;
  lost(
    owner: LossOwner,
    loss: { readonly kind: string; readonly reason: string; readonly count: number },
  ): void;
  /** Writes what has come since; what cannot be written is kept for the next time. */
  flush(): Promise<void>;
}

export interface ContactBookOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Pick<IngestMetrics, 'events' | 'rejected'>;
}

const flushMs = 2_000;

export function openContactBook({ db, clock, log, metrics }: ContactBookOptions): ContactBook {
  const agents = createLedger(clock);
  const clusters = createLedger(clock);
  const losses = createLossLedger(new Date(clock.now()).toISOString());
  let isFailing = false;
  const flush = async (): Promise<void> => {
    try {
      await agents.drain((traffic) => recordAgentTraffic(db, traffic));
      await clusters.drain((traffic) => recordClusterTraffic(db, traffic));
      await losses.drain((owner, counters) => mergeLosses(db, owner, counters));
      isFailing = false;
    } catch (error) {
      if (!isFailing)
        log.warn({ err: error }, 'contacts of agents cannot be written just now; they are kept');
      isFailing = true;
    }
  };
  let underWay = Promise.resolve();
  // One after another, so that a slow database does not make them pile up.
  const turn = (): Promise<void> => {
    underWay = underWay.then(flush);
    return underWay;
  };
  const timer = setInterval(turn, flushMs);
  return {
    agentSent(agentId, kinds) {
      let total = 0;
      for (const [kind, events] of Object.entries(kinds)) {
        metrics.events.inc({ kind }, events);
        total += events;
      }
      agents.note(agentId, total);
    },
    clusterSent(name, events) {
      metrics.events.inc({ kind: 'api.requested' }, events);
      clusters.note(name, events);
    },
    lost(owner, loss) {
      metrics.rejected.inc({ code: loss.reason }, loss.count);
      losses.note(owner, loss);
    },
    flush: turn,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await turn();
    },
  };
}

interface Sum {
  lastAt: number;
  events: number;
}

function createLedger(clock: Clock) {
  const sums = new Map<string, Sum>();
  const add = (name: string, { lastAt, events }: Sum): void => {
    const held = sums.get(name);
    sums.set(name, { lastAt: Math.max(lastAt, held?.lastAt ?? 0), events: events + (held?.events ?? 0) });
  };
  return {
    note: (name: string, events: number): void => add(name, { lastAt: clock.now(), events }),
    async drain(write: (traffic: readonly (Sum & { name: string })[]) => Promise<void>): Promise<void> {
      const taken = [...sums].map(([name, sum]) => ({ name, ...sum }));
      sums.clear();
      try {
        await write(taken);
      } catch (error) {
        for (const { name, ...sum } of taken) add(name, sum);
        throw error;
      }
    },
  };
}

type Counters = Parameters<typeof mergeLosses>[2];

/** Counts are cumulative since `since`, so that one that was not written is written with the next. */
function createLossLedger(since: string) {
  const byOwner = new Map<LossOwner, Map<string, Counters[number]>>();
  const changed = new Set<LossOwner>();
  return {
    note(owner: LossOwner, { kind, reason, count }: { kind: string; reason: string; count: number }): void {
      const counters = byOwner.get(owner) ?? new Map<string, Counters[number]>();
      const key = `${kind} ${reason}`;
      const total = (counters.get(key)?.count ?? 0) + count;
      counters.set(key, { stage: 'ingest', kind, reason, count: total, since });
      byOwner.set(owner, counters);
      changed.add(owner);
    },
    async drain(write: (owner: LossOwner, counters: Counters) => Promise<void>): Promise<void> {
      for (const owner of [...changed]) {
        changed.delete(owner);
        try {
          await write(owner, [...(byOwner.get(owner)?.values() ?? [])]);
        } catch (error) {
          changed.add(owner);
          throw error;
        }
      }
    },
  };
}
