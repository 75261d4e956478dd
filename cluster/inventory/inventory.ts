// The inventory as a whole: follows each resource, tells what changed, keeps where it stands, reports on itself.
import { randomBytes } from 'node:crypto';
import { type Clock, type Logger, rfc3339FromMs, sleep } from '@yagura/kit/lean';
import { createApiClient } from './client/api-client.ts';
import type { Credentials } from './client/credentials.ts';
import { followEvents } from './events/follow-events.ts';
import { followResource } from './follow/follow-resource.ts';
import { Teller } from './follow/teller.ts';
import { createHealth, type Health } from './health.ts';
import { createOutput, type Output } from './output.ts';
import { createReport } from './report.ts';
import { resources } from './resources/list.ts';
import type { Resource } from './resources/resource.ts';
import type { Settings } from './settings.ts';
import { KeyBook } from './state/key-book.ts';
import type { Standing } from './state/state-file.ts';
import { createStateKeeper, type StateKeeper } from './state/state-keeper.ts';

export interface InventoryOptions {
  readonly settings: Settings;
  readonly credentials: Credentials;
  readonly version: string;
  readonly resources: () => { readonly rssBytes: number; readonly cpuMs: number };
  readonly clock: Clock;
  readonly log: Logger;
  /** Called once, when all that may be read was told or is known from before. */
  readonly onReady?: (load: { readonly requests: number; readonly bytes: number }) => void;
}

/** Unacknowledged records in memory; at half of it nothing more is read. */
const socketLimitBytes = 2 * 1024 * 1024;

/** Runs until the signal fires. */
export async function runInventory(options: InventoryOptions, signal: AbortSignal): Promise<void> {
  const { settings, clock, log, version } = options;
  await using output = createOutput({ socketPath: settings.socket, limitBytes: socketLimitBytes, log });
  using api = createApiClient(options.credentials, `yagura-inventory/${version}`);
  const state = createStateKeeper({ folder: settings.state, flush: () => output.flush(), log });
  const health = createHealth();
  const tooLarge = new Map<string, number>();
  const common = { api, clock, log, signal, output, health, state, tooLarge, settings };
  const wanted = resources.filter(({ metadataOnly }) => settings.secrets || metadataOnly !== true);
  const turns = oneAtATime();
  const listed = wanted.map((resource) => follow({ ...common, resource, turns }));
  const reporting = reportOn(options, { output, health, tooLarge, signal });
  const ready = Promise.all(listed.map((one) => one.listed)).then(() => options.onReady?.(api.load));
  const all = Promise.all([
    ...listed.map((one) => one.running),
    tellEvents(common),
    state.run(signal),
    reporting,
    Promise.race([ready, aborted(signal)]),
  ]);
  await Promise.race([all, aborted(signal).then(() => sleep(endMs))]);
  await within(endMs, state.save());
}

/** A publisher that is away must not hold the end. */
const endMs = 2_000;
const within = (ms: number, work: Promise<void>): Promise<void> => Promise.race([work, sleep(ms)]);

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

interface Common {
  readonly api: ReturnType<typeof createApiClient>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly output: Output;
  readonly health: Health;
  readonly state: StateKeeper;
  readonly tooLarge: Map<string, number>;
  readonly settings: Settings;
}

interface Following {
  readonly running: Promise<void>;
  readonly listed: Promise<void>;
}

function follow({
  resource,
  turns,
  ...common
}: Common & { readonly resource: Resource; readonly turns: Turns }): Following {
  const { clock, output, state, health, tooLarge, settings } = common;
  const makeStanding = (): Standing => ({
    resourceVersion: '',
    generation: `${clock.now().toString(36)}-${randomBytes(6).toString('hex')}`,
    generationSince: clock.now(),
    book: new KeyBook(),
  });
  const teller = new Teller({ resource, output, clock, makeStanding, standing: state.read(resource.name) });
  const listed = Promise.withResolvers<void>();
  const running = followResource({
    ...common,
    ...{ resource, teller, turns, resendMs: settings.resendMs },
    onTooLarge: () => void tooLarge.set(resource.name, (tooLarge.get(resource.name) ?? 0) + 1),
    onHealth: (problem) => {
      health.set(resource.name, problem);
      // What may not be read is known not to be read: the rest does not wait for it.
      if (problem !== undefined) listed.resolve();
    },
    onProgress: () => state.touch(resource.name, () => teller.standing),
    onListed: () => listed.resolve(),
  });
  return { running, listed: listed.promise };
}

function tellEvents({ state, clock, health, tooLarge, ...common }: Common): Promise<void> {
  const book = new KeyBook();
  const held = state.read('events');
  const place = { generation: 'events', generationSince: clock.now(), book };
  return followEvents({
    ...common,
    clock,
    from: held?.resourceVersion ?? '',
    onPlace: (resourceVersion) => state.touch('events', () => ({ ...place, resourceVersion })),
    onHealth: (problem) => health.set('events', problem),
    onTooLarge: () => void tooLarge.set('events', (tooLarge.get('events') ?? 0) + 1),
  });
}

type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** One after another, in the order in which they came; an error of one does not hold the next. */
function oneAtATime(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}

interface Reporting {
  readonly output: Output;
  readonly health: Health;
  readonly tooLarge: ReadonlyMap<string, number>;
  readonly signal: AbortSignal;
}

async function reportOn(
  { settings, clock, version, resources: own }: InventoryOptions,
  { output, health, tooLarge, signal }: Reporting,
): Promise<void> {
  const startedAt = rfc3339FromMs(clock.now());
  const tell = (): void => {
    const time = rfc3339FromMs(clock.now());
    const report = createReport({
      ...{ time, startedAt, version, output, tooLarge },
      problem: health.message(),
      resources: own(),
    });
    output.sendReport(JSON.stringify(signal.aborted ? { ...report, ended: true } : report));
  };
  while (!signal.aborted) {
    tell();
    await sleep(settings.reportEveryMs, signal).catch(() => {});
  }
  tell();
}
