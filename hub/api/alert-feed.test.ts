// Every watcher gets every change, in order, and one that does not read cannot fill the memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IncidentSummary } from '@yagura/contracts';
import type { AlertChange } from '../store/alerts.ts';
import { summary } from '../testing/draft.ts';
import { createAlertFeed, type FeedChange } from './alert-feed.ts';
import { alertStream } from './alert-stream.ts';

const change = (number: number): AlertChange => ({
  alert: summary({ id: `a${number}` }),
  change: number,
  kind: 'raised',
});
const numbers = (changes: readonly FeedChange[] | undefined) => changes?.map((one) => one.change);

test('all watchers get all changes, those that wait and those that come later', async () => {
  const feed = createAlertFeed();
  using first = feed.watch();
  using second = feed.watch();
  const waiting = first?.next();
  feed.publish([change(1), change(2)]);
  feed.publish([change(3)]);
  assert.deepEqual(numbers(await waiting), [1, 2, 3]);
  assert.deepEqual(numbers(await second?.next()), [1, 2, 3]);
});

test('a watcher that does not read is cut off and counted, the others go on', async () => {
  const feed = createAlertFeed({ maxWaiting: 3 });
  const slow = feed.watch();
  using quick = feed.watch();
  for (let number = 1; number <= 10; number += 1) {
    feed.publish([change(number)]);
    assert.deepEqual(numbers(await quick?.next()), [number]);
  }
  assert.equal(await slow?.next(), undefined);
  assert.deepEqual(feed.stats(), { watchers: 1, cutOff: 1 });
});

test('there are only so many watchers, and closing ends them', async () => {
  const feed = createAlertFeed({ maxWatchers: 1 });
  const only = feed.watch();
  assert.equal(feed.watch(), undefined);
  const waiting = only?.next();
  feed.close();
  assert.equal(await waiting, undefined);
  assert.deepEqual(feed.stats(), { watchers: 0, cutOff: 0 });
});

async function read(stream: ReadableStream<Uint8Array>, until: RegExp): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    if (until.test(text)) break;
  }
  return text;
}
const idsIn = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

test('a stream begins with what was missed, and repeats nothing of it', async () => {
  const feed = createAlertFeed();
  const watcher = feed.watch();
  assert.ok(watcher);
  feed.publish([change(4), change(5), change(6)]);
  const stored = [change(4), change(5)];
  const stream = alertStream({
    watcher,
    after: 3,
    readChanges: async (after) => stored.filter((one) => one.change > after),
  });
  const text = await read(stream, /^id: 6$/m);
  assert.deepEqual(idsIn(text), [3, 4, 5, 6]);
  assert.match(text, /event: alert\ndata: \{"id":"a4"/);
  assert.deepEqual(feed.stats().watchers, 0);
});

test('a quiet stream says that it is still there, and ends after its time', async () => {
  const feed = createAlertFeed();
  const watcher = feed.watch();
  assert.ok(watcher);
  const stream = alertStream({ watcher, after: 0, readChanges: async () => [], heartbeatMs: 5, lifeMs: 60 });
  assert.match(await read(stream, /never/), /: still here\n\n/);
});

test('incidents travel in the same stream; what a person changed of one has no number to go on from', async () => {
  const feed = createAlertFeed();
  const watcher = feed.watch();
  assert.ok(watcher);
  const incident = { id: 'i1' } as IncidentSummary;
  feed.publish([change(4), { incident, change: 5 }]);
  feed.publish([{ incident: { ...incident, id: 'judged' }, change: undefined }]);
  feed.publish([change(6)]);
  const stream = alertStream({ watcher, after: 3, readChanges: async () => [] });
  const text = await read(stream, /^id: 6$/m);
  assert.deepEqual(idsIn(text), [3, 4, 5, 6]);
  assert.match(
    text,
    /id: 5\nevent: incident\ndata: \{"id":"i1"\}\n\nevent: incident\ndata: \{"id":"judged"\}/,
  );
});
