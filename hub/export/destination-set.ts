// The destinations that run now, kept equal to those in the database.
import type { Destination } from '@yagura/contracts';
import type { Clock, Logger } from '@yagura/kit';
import type { Database } from '../store/database.ts';
import * as store from '../store/destinations.ts';
import { describeDestination } from './destination-health.ts';
import type { ExportMetrics } from './export-metrics.ts';
import { type Product, type RunningDestination, startDestination } from './start-destination.ts';
import type { Sender } from './transport.ts';
import { transports } from './transports/list.ts';

export interface DestinationSetOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: ExportMetrics;
  readonly product: Product;
  readonly openSender: (row: store.DestinationRow) => Sender;
  readonly backoff?: { readonly minMs: number; readonly maxMs: number };
}

export interface DestinationSet extends AsyncDisposable {
  /** Starts and ends what has to be, and returns how all of them are. */
  sync(): Promise<readonly Destination[]>;
  /** As the last `sync` found them. */
  shown(): readonly Destination[];
  /** All of them, or one. */
  ring(id?: string): void;
  stop(id: string): Promise<void>;
}

export function createDestinationSet(options: DestinationSetOptions): DestinationSet {
  const { db, metrics } = options;
  const running = new Map<string, RunningDestination>();
  let shown: readonly Destination[] = [];
  let hasEnded = false;
  /** One at a time: two would start a destination twice. */
  let syncing: Promise<unknown> = Promise.resolve();
  const stop = async (id: string): Promise<void> => {
    const one = running.get(id);
    running.delete(id);
    await one?.[Symbol.asyncDispose]();
  };
  const syncNow = async (): Promise<readonly Destination[]> => {
    if (hasEnded) return shown;
    const rows = await store.readDestinations(db);
    const active = rows.filter(({ state }) => state === 'active');
    const isActive = (id: string): boolean => active.some((row) => row.id === id);
    await Promise.all([...running.keys()].filter((id) => !isActive(id)).map(stop));
    for (const row of active) if (!running.has(row.id)) running.set(row.id, start(row, options));
    for (const { id, name } of shown) if (!rows.some((row) => row.id === id)) metrics.forget(name);
    shown = await Promise.all(rows.map((row) => show(row, options)));
    return shown;
  };
  return {
    sync() {
      const next = syncing.then(syncNow);
      syncing = next.catch(() => undefined);
      return next;
    },
    shown: () => shown,
    ring(id) {
      if (id !== undefined) running.get(id)?.ring();
      else for (const one of running.values()) one.ring();
    },
    stop,
    async [Symbol.asyncDispose]() {
      hasEnded = true;
      await syncing;
      await Promise.all([...running.keys()].map(stop));
    },
  };
}

function start(row: store.DestinationRow, options: DestinationSetOptions): RunningDestination {
  const { batchSize } = transports[row.type];
  return startDestination({ ...options, row, batchSize, sender: options.openSender(row) });
}

async function show(
  row: store.DestinationRow,
  { db, clock, metrics }: DestinationSetOptions,
): Promise<Destination> {
  const destination = describeDestination(row, await store.readBacklog(db, row), clock.now());
  metrics.backlog(row.name, destination);
  return destination;
}
