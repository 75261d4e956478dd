// Exports alerts: all destinations side by side, none in the way of another or of detection.
import { randomBytes } from 'node:crypto';
import type { Destination, NewDestination } from '@yagura/contracts';
import { type Clock, type Logger, type Metrics, sleep } from '@yagura/kit';
import { HubError } from '../errors.ts';
import type { Finding } from '../start/conditions.ts';
import type { Database } from '../store/database.ts';
import * as store from '../store/destinations.ts';
import { exportsFinding } from './destination-health.ts';
import { createDestinationSet, type DestinationSet } from './destination-set.ts';
import { createExportMetrics } from './export-metrics.ts';
import type { SecretBox } from './secret-box.ts';
import type { Product } from './start-destination.ts';
import { testAlert } from './test-alert.ts';
import { DeliveryError, type Sender } from './transport.ts';
import { transports } from './transports/list.ts';

export interface ExportsOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly box: SecretBox;
  /** Where exported files lie. */
  readonly folder: string;
  readonly product: Product;
  readonly backoff?: { readonly minMs: number; readonly maxMs: number };
}

export interface Exports extends AsyncDisposable {
  /** Alerts changed. */
  ring(): void;
  list(): Promise<readonly Destination[]>;
  create(wish: NewDestination, by: string): Promise<Destination>;
  test(idOrName: string): Promise<{ delivered: boolean; message: string }>;
  setState(idOrName: string, state: 'active' | 'paused'): Promise<void>;
  remove(idOrName: string): Promise<void>;
  retry(idOrName: string): Promise<number>;
  discard(idOrName: string): Promise<number>;
  finding(): Finding;
}

export async function startExports(options: ExportsOptions): Promise<Exports> {
  const { db } = options;
  const openSender = (row: store.DestinationRow): Sender => openSenderOf(row, options);
  const set = createDestinationSet({ ...options, metrics: createExportMetrics(options.metrics), openSender });
  await set.sync();
  const watching = watch(set, options.log);
  const idOf = async (idOrName: string): Promise<string> => (await store.findDestination(db, idOrName)).id;
  return {
    ring: () => set.ring(),
    list: set.sync,
    async create(wish, by) {
      const { id } = await store.createDestination(db, newRow(wish, by, options.box));
      const made = (await set.sync()).find((one) => one.id === id);
      if (made === undefined) throw new HubError('NOT_FOUND', 'the destination was deleted at once');
      return made;
    },
    test: async (idOrName) => sendTest(await store.findDestination(db, idOrName), options),
    async setState(idOrName, state) {
      await store.setDestinationState(db, await idOf(idOrName), state);
      await set.sync();
    },
    async remove(idOrName) {
      const id = await idOf(idOrName);
      await set.stop(id);
      await store.deleteDestination(db, id);
      await set.sync();
    },
    async retry(idOrName) {
      const id = await idOf(idOrName);
      const retried = await store.retryDeadLetters(db, id);
      set.ring(id);
      return retried;
    },
    discard: async (idOrName) => store.discardDeadLetters(db, await idOf(idOrName)),
    finding: () => exportsFinding(set.shown()),
    async [Symbol.asyncDispose]() {
      await watching[Symbol.asyncDispose]();
      await set[Symbol.asyncDispose]();
    },
  };
}

/** Finds what another hub on the same database changed, and brings the figures up to date. */
const syncMs = 15_000;

function watch(set: DestinationSet, log: Logger): AsyncDisposable {
  const abort = new AbortController();
  const run = async (): Promise<void> => {
    while (!abort.signal.aborted) {
      await sleep(syncMs, abort.signal).catch(() => undefined);
      if (abort.signal.aborted) return;
      await set.sync().catch((error: unknown) => log.error({ err: error }, 'destinations were not read'));
    }
  };
  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      abort.abort();
      await running;
    },
  };
}

/** Where the secrets cannot be opened the destination waits, and says why. */
function openSenderOf(row: store.DestinationRow, { box, folder, product, clock }: ExportsOptions): Sender {
  try {
    const { name, settings } = row;
    const secrets = box.open(row.secrets, row.id);
    const { version } = product;
    return transports[row.type].open({ name, settings, secrets, folder, version, now: clock.now });
  } catch (cause) {
    const message = 'its secrets were sealed with another key; delete the destination and create it again';
    return { send: () => Promise.reject(new DeliveryError(message, { cause })) };
  }
}

const testTimeoutMs = 15_000;

async function sendTest(
  row: store.DestinationRow,
  options: ExportsOptions,
): Promise<{ delivered: boolean; message: string }> {
  const id = randomBytes(6).toString('hex');
  const message = testAlert(options.clock.now(), id, { row, product: options.product });
  try {
    await openSenderOf(row, options).send([message], AbortSignal.timeout(testTimeoutMs));
    return { delivered: true, message: `${row.target} took the test alert` };
  } catch (error) {
    return { delivered: false, message: (error as Error).message };
  }
}

function newRow(wish: NewDestination, createdBy: string, box: SecretBox): store.NewDestinationRow {
  const { name, type, filter = {} } = wish;
  const transport = transports[type];
  const format = wish.format ?? transport.formats[0] ?? 'json';
  if (!transport.formats.includes(format))
    throw new HubError('REQUEST_INVALID', `format: ${type} takes ${transport.formats.join(', ')}`);
  const { target, settings, secrets } = transport.read(wish);
  const id = randomBytes(10).toString('hex');
  return { id, name, type, format, target, settings, secrets: box.seal(secrets, id), filter, createdBy };
}
