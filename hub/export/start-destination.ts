// Runs one destination: plans what it is told, delivers it in order, waits out what is the world's fault.
import { type AlertFormat, formats } from '@yagura/formats';
import { backoffMs, type Clock, createBell, type Logger, sleep } from '@yagura/kit';
import type { Database } from '../store/database.ts';
import type { DestinationRow } from '../store/destinations.ts';
import { markDead, markDelivered, markFailed, type OutboxMessage, readPending } from '../store/outbox.ts';
import type { ExportMetrics } from './export-metrics.ts';
import { planMessages } from './plan-messages.ts';
import { DeliveryError, type OutgoingMessage, type Sender } from './transport.ts';

export interface Product {
  readonly version: string;
  readonly workspace: string;
  readonly consoleUrl: string | undefined;
}

export interface DestinationOptions {
  readonly row: DestinationRow;
  readonly sender: Sender;
  readonly batchSize: number;
  readonly product: Product;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: ExportMetrics;
  /** For tests, which cannot wait for minutes. */
  readonly backoff?: { readonly minMs: number; readonly maxMs: number };
}

export interface RunningDestination extends AsyncDisposable {
  /** Alerts changed, or dead letters are to be sent again. */
  ring(): void;
}

const defaultBackoff = { minMs: 1_000, maxMs: 5 * 60_000 };
/** What fails for a day is given up, so that the rest gets its turn; it can be sent again by hand. */
const giveUpMs = 24 * 60 * 60_000;
/** A ring is never missed; this finds what another hub recorded. */
const idleMs = 2_000;

export function startDestination(options: DestinationOptions): RunningDestination {
  const { row, log } = options;
  const abort = new AbortController();
  const bell = createBell();
  let attempt = 0;
  const running = run();
  return {
    ring: bell.ring,
    async [Symbol.asyncDispose]() {
      abort.abort();
      bell.ring();
      await running;
    },
  };

  async function run(): Promise<void> {
    const { signal } = abort;
    while (!signal.aborted) {
      try {
        const outcome = await round(options, signal);
        attempt = 0;
        if (outcome === 'idle') await bell.wait(idleMs);
      } catch (error) {
        if (signal.aborted) return;
        await fail(error as Error).catch(() => undefined);
      }
    }
  }

  async function fail(error: Error): Promise<void> {
    attempt += 1;
    options.metrics.failed(row.name);
    if (attempt === 1)
      log.warn({ destination: row.name, reason: error.message }, 'export waits; alerts are kept');
    const asked = error instanceof DeliveryError ? error.retryAfterMs : undefined;
    await sleep(asked ?? backoffMs(attempt, options.backoff ?? defaultBackoff), abort.signal);
  }
}

type Outcome = 'idle' | 'planned' | 'delivered' | 'refused';

/** Throws what is to be waited out. */
async function round(options: DestinationOptions, signal: AbortSignal): Promise<Outcome> {
  const { db, row, clock, sender, batchSize } = options;
  const read = await planMessages(db, row.id, clock.now());
  const batch = await readPending(db, row.id, batchSize);
  if (batch.length === 0) return read === 0 ? 'idle' : 'planned';
  try {
    await sender.send(
      batch.map((message) => outgoing(message, options)),
      signal,
    );
  } catch (error) {
    if (signal.aborted) throw error;
    return refused(options, batch, error as Error);
  }
  await markDelivered(
    db,
    row.id,
    batch.map(({ id }) => id),
  );
  options.metrics.delivered(row.name, batch.length);
  return 'delivered';
}

async function refused(
  options: DestinationOptions,
  batch: readonly OutboxMessage[],
  error: Error,
): Promise<Outcome> {
  const { db, row, clock, log, metrics } = options;
  const isFinal = error instanceof DeliveryError && error.isFinal;
  const isOld = ({ createdAt }: OutboxMessage): boolean => clock.now() - Date.parse(createdAt) > giveUpMs;
  const given = isFinal ? batch : batch.filter(isOld);
  if (given.length === 0) {
    await markFailed(
      db,
      batch.map(({ id }) => id),
      error.message,
    );
    throw error;
  }
  const ids = given.map(({ id }) => id);
  const dropped = await markDead(db, row.id, ids, error.message);
  metrics.dead(row.name, ids.length, dropped);
  log.error(
    { destination: row.name, messages: ids.length, reason: error.message },
    'alerts became dead letters',
  );
  return 'refused';
}

export function outgoing(
  { alert, change, key }: Pick<OutboxMessage, 'alert' | 'change' | 'key'>,
  { row, product }: Pick<DestinationOptions, 'row' | 'product'>,
): OutgoingMessage {
  const format: AlertFormat = formats[row.format];
  const text = format.write({ alert, change, key, product });
  return { key, change, text, contentType: format.contentType, severity: alert.severity };
}
