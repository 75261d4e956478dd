// Hands on the cluster's own Events, which are no objects to keep: they come, are told, and go.
import type { ClusterEventReported } from '@yagura/contracts';
import { backoffMs, type Clock, type Logger, rfc3339FromMs, sleep } from '@yagura/kit/lean';
import { listObjects, type ReadOptions, watchObjects, watchSeconds } from '../client/listing.ts';
import { ApiRefusal, isGone } from '../client/refusal.ts';
import { metaOf, versionOf } from '../follow/object-meta.ts';
import type { Output } from '../output.ts';
import { at, integer, text } from '../resources/outside-value.ts';
import { EventDigest } from './event-digest.ts';

export const events = { name: 'events', group: '', version: 'v1' } as const;

export interface FollowEventsOptions extends Omit<ReadOptions, 'resource'> {
  readonly output: Output;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  /** Where a run before this one ended; '' for none. */
  readonly from: string;
  readonly onPlace: (resourceVersion: string) => void;
  readonly onHealth: (problem: string | undefined) => void;
}

const backoff = { minMs: 1000, maxMs: 60_000 };

/** Events are gone after an hour in most clusters: what was missed longer ago than that cannot be told. */
export async function followEvents(options: FollowEventsOptions): Promise<void> {
  const { signal, onHealth, log } = options;
  const reading = { ...options, resource: events };
  const digest = new EventDigest();
  let place = options.from;
  const move = (version: string | undefined): void => {
    if (version === undefined) return;
    place = version;
    options.onPlace(version);
  };
  for (let failures = 0; !signal.aborted; )
    try {
      if (place === '') move(await tellListed(reading, digest, options));
      const from = { resourceVersion: place, forSeconds: watchSeconds('events') };
      for await (const changes of watchObjects(reading, from)) {
        for (const { type, object } of changes) {
          if (type === 'ADDED' || type === 'MODIFIED') await tell(object, digest, options);
          move(versionOf(object));
        }
        onHealth(undefined);
        failures = 0;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isGone(error)) place = '';
      else {
        failures += 1;
        onHealth(`events: ${(error as Error).message}`);
        log.warn({ problem: (error as Error).message }, 'Events are not told just now; it is tried again');
        const asked = error instanceof ApiRefusal ? (error.retryAfterMs ?? 0) : 0;
        await sleep(Math.max(asked, backoffMs(failures, backoff)), signal).catch(() => {});
      }
    }
}

async function tellListed(
  reading: ReadOptions,
  digest: EventDigest,
  options: FollowEventsOptions,
): Promise<string> {
  const listed = listObjects(reading);
  for (;;) {
    const next = await listed.next();
    if (next.done === true) return next.value;
    await tell(next.value, digest, options);
  }
}

async function tell(
  object: unknown,
  digest: EventDigest,
  { output, clock }: Pick<FollowEventsOptions, 'output' | 'clock'>,
): Promise<void> {
  const meta = metaOf(object);
  if (meta === undefined) return;
  const now = clock.now();
  const about = at(object, 'involvedObject');
  const kind = text(at(about, 'kind'), 64) ?? '';
  const name = text(at(about, 'name')) ?? '';
  const reason = text(at(object, 'reason'), 128) ?? '';
  const type = text(at(object, 'type'), 16) ?? 'Normal';
  const count = integer(at(object, 'series', 'count')) ?? integer(at(object, 'count')) ?? 1;
  const key = JSON.stringify([meta.namespace, kind, name, reason, type]);
  const toTell = digest.note({ uid: meta.uid, key, count: Math.max(1, count) }, now);
  if (toTell === undefined) return;
  const source = text(at(object, 'reportingComponent'), 128) ?? text(at(object, 'source', 'component'), 128);
  const firstSeenAt = text(at(object, 'firstTimestamp'), 40) ?? meta.createdAt;
  const lastSeenAt =
    text(at(object, 'series', 'lastObservedTime'), 40) ??
    text(at(object, 'lastTimestamp'), 40) ??
    text(at(object, 'eventTime'), 40) ??
    meta.createdAt;
  const record: ClusterEventReported = {
    kind: 'cluster.event.reported',
    time: rfc3339FromMs(now),
    ...toTell,
    ...(meta.namespace === '' ? {} : { namespace: meta.namespace }),
    ...{ type, reason, message: text(at(object, 'message'), 1024) ?? '', object: { kind, name } },
    ...(source === undefined ? {} : { source }),
    ...(firstSeenAt === undefined ? {} : { firstSeenAt }),
    ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
  };
  await output.send(record);
}
