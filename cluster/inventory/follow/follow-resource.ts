// Keeps up with one resource for as long as the program runs: list, watch, and whatever goes wrong in between.
import { backoffMs, type Clock, type Logger, sleep } from '@yagura/kit/lean';
import { listObjects, type ReadOptions, watchObjects, watchSeconds } from '../client/listing.ts';
import { ApiRefusal, isGone } from '../client/refusal.ts';
import { endsInitial, versionOf } from './object-meta.ts';
import type { Teller } from './teller.ts';

export interface FollowOptions extends ReadOptions {
  readonly teller: Teller;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** After this long all is told anew, in case that something was lost on the way. */
  readonly resendMs: number;
  /** `undefined`: well. */
  readonly onHealth: (problem: string | undefined) => void;
  /** What was read is to be kept on disk, now or soon. */
  readonly onProgress: () => void;
  /** Called once, when all objects were told for the first time. */
  readonly onListed: () => void;
  /** One lists at a time, so that memory holds for all. */
  readonly turns: <T>(work: () => Promise<T>) => Promise<T>;
  readonly backoff?: { readonly minMs: number; readonly maxMs: number };
}

const defaultBackoff = { minMs: 500, maxMs: 10_000 };
/** A right that is missing is given by hand: no need to ask for it often. */
const refusedMs = 60_000;
const steadyMs = 30_000;
/** An API server that has just started does not know of all rights yet. */
const certainAfter = 4;

export async function followResource(options: FollowOptions): Promise<void> {
  const { signal, backoff = defaultBackoff } = options;
  let refusals = 0;
  for (let failures = 0; !signal.aborted; ) {
    const startedAt = options.clock.now();
    try {
      await step(options);
      failures = 0;
      refusals = 0;
    } catch (error) {
      if (signal.aborted) return;
      // What worked for a while and broke is no row of failures.
      failures = options.clock.now() - startedAt > steadyMs ? 1 : failures + 1;
      refusals = isForbidden(error) ? refusals + 1 : 0;
      // Else the list that follows tells only what changed of what is remembered.
      if (isGone(error)) options.teller.losePlace();
      else await report(options, error, refusals);
      const asked = error instanceof ApiRefusal ? (error.retryAfterMs ?? 0) : 0;
      const least = refusals >= certainAfter ? refusedMs : asked;
      await sleep(Math.max(least, backoffMs(failures, backoff)), signal).catch(() => {});
    }
  }
}

const isForbidden = (error: unknown): boolean =>
  error instanceof ApiRefusal && [401, 403, 404].includes(error.status);

async function report(
  { teller, onHealth, log, resource }: FollowOptions,
  error: unknown,
  refusals: number,
): Promise<void> {
  const problem = `${resource.name}: ${(error as Error).message}`;
  onHealth(problem);
  log.warn(
    { resource: resource.name, problem: (error as Error).message },
    'not told just now; it is tried again',
  );
  // Not served here is as good as none; not allowed is a gap that has to be seen.
  if (refusals === certainAfter) await teller.tellPartial((error as Error).message);
}

/** One watch, after a list where that is needed. */
async function step(options: FollowOptions): Promise<void> {
  const { teller, clock, resendMs, resource } = options;
  const isOld = clock.now() - teller.standing.generationSince >= resendMs;
  if (isOld) teller.startGeneration();
  if (teller.resourceVersion === '') {
    await options.turns(() => list(options));
  }
  const from = { resourceVersion: teller.resourceVersion, forSeconds: watchSeconds(resource.name) };
  options.onListed();
  for await (const changes of watchObjects(options, from)) {
    for (const { type, object } of changes) {
      if (type === 'DELETED') await teller.remove(object);
      else if (type !== 'BOOKMARK') await teller.observe(object);
      const version = versionOf(object);
      if (version !== undefined) teller.moveTo(version);
    }
    options.onHealth(undefined);
    await teller.mendPartial();
    options.onProgress();
  }
  await teller.tellWhole();
}

async function list(options: FollowOptions): Promise<void> {
  const { teller, log, resource } = options;
  teller.beginListing();
  const resourceVersion = (await listByWatch(options)) ?? (await listByPages(options));
  await teller.endListing(resourceVersion);
  options.onProgress();
  log.info({ resource: resource.name, objects: teller.standing.book.size }, 'listed');
}

/** Where the API server offers it, this costs it least. `undefined`: it does not. */
async function listByWatch(options: FollowOptions): Promise<string | undefined> {
  try {
    for await (const changes of watchObjects(options, { resourceVersion: undefined, forSeconds: 300 }))
      for (const { type, object } of changes)
        if (type !== 'BOOKMARK') await options.teller.observe(object);
        else if (endsInitial(object)) return versionOf(object);
    return undefined;
  } catch (error) {
    if (error instanceof ApiRefusal && (error.status === 400 || error.status === 422)) return undefined;
    throw error;
  }
}

async function listByPages(options: FollowOptions): Promise<string> {
  const objects = listObjects(options);
  for (;;) {
    const next = await objects.next();
    if (next.done === true) return next.value;
    await options.teller.observe(next.value);
  }
}
