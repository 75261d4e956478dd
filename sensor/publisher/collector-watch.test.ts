// Runs of collectors, how they ended, and what stays known of it over restarts of the publisher.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { CollectorReport } from '@yagura/contracts';
import {
  type CollectorWatch,
  type CollectorWatchOptions,
  createCollectorWatch,
  KeptRuns,
} from './collector-watch.ts';
import { openKeptJson } from './kept-json.ts';

let nowMs = 0;
const clock = { now: () => nowMs++ };
const kind = 'collector.reported';

interface Wish {
  readonly start: number;
  readonly lost?: number;
  readonly name?: string;
  readonly healthy?: boolean;
  readonly how?: Pick<CollectorReport, 'ended' | 'ending' | 'resumes'>;
}

function tell(watch: CollectorWatch, wish: Wish): void {
  const { start, lost = 0, name = 'collector', healthy = true, how = {} } = wish;
  const startedAt = new Date(start).toISOString();
  const component = { name, version: '1', startedAt, healthy };
  const loss = { stage: 'ring-buffer', kind: 'process.started', count: lost, since: startedAt };
  const report = { kind, time: startedAt, component, losses: lost > 0 ? [loss] : [], ...how };
  assert.equal(watch.take(JSON.stringify(report), kind), true);
}

/** Each call is a new start of the publisher in the same folder. */
function publisher(t: TestContext): {
  start(options?: Pick<CollectorWatchOptions, 'onNews'>): CollectorWatch;
  readonly folder: string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-watch-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const onWritten = (error: unknown): void => assert.equal(error, undefined);
  const path = (name: string): string => join(folder, name);
  return {
    folder,
    start: (options) =>
      createCollectorWatch({
        ...options,
        clock,
        keep: openKeptJson({ path: path('reports.json'), schema: KeptRuns, onWritten }),
      }),
  };
}

const countsOf = (watch: CollectorWatch): Readonly<Record<string, number>> =>
  Object.fromEntries(watch.losses().map(({ stage, count }) => [stage, count]));

test('what a run had lost stays counted when the next one begins; one that ended without a word is a loss', (t) => {
  const watch = publisher(t).start();
  tell(watch, { start: 1, lost: 3 });
  tell(watch, { start: 1, lost: 5 });
  assert.deepEqual(countsOf(watch), { 'ring-buffer': 5 });
  tell(watch, { start: 2, lost: 2 });
  assert.deepEqual(countsOf(watch), { collector: 1, 'ring-buffer': 7 });
  tell(watch, { start: 2, lost: 4, how: { ending: true } });
  tell(watch, { start: 3 });
  assert.deepEqual(countsOf(watch), { collector: 1, 'ring-buffer': 9 });
});

test('killed together with its collector, a publisher still knows', (t) => {
  const place = publisher(t);
  tell(place.start(), { start: 1, lost: 3 });
  const second = place.start();
  assert.deepEqual(countsOf(second), { 'ring-buffer': 3 });
  assert.equal(second.components()[0]?.name, 'collector');
  tell(second, { start: 2 });
  assert.deepEqual(countsOf(place.start()), { collector: 1, 'ring-buffer': 3 });
});

test('a counter begins once and not with each start of the publisher: the hub would add it to itself', (t) => {
  const place = publisher(t);
  const first = place.start();
  tell(first, { start: 1, lost: 3 });
  assert.deepEqual(place.start().losses(), first.losses());
});

test('who comes, begins anew, ends or is not well any more is news; who only goes on is not', (t) => {
  let news = 0;
  const watch = publisher(t).start({ onNews: () => news++ });
  const newsOf = (wish: Wish): number => {
    const before = news;
    tell(watch, wish);
    return news - before;
  };
  assert.equal(newsOf({ start: 1 }), 1);
  assert.equal(newsOf({ start: 1, lost: 5 }), 0);
  assert.equal(newsOf({ start: 1, healthy: false }), 1);
  assert.equal(newsOf({ start: 2, healthy: false }), 1);
  assert.equal(newsOf({ start: 2, healthy: false, how: { ended: true } }), 1);
});

test('what resumes is not missed; what left is gone, but for its losses', (t) => {
  const watch = publisher(t).start();
  tell(watch, { start: 1, name: 'inventory', how: { resumes: true } });
  tell(watch, { start: 2, name: 'inventory', lost: 1, how: { resumes: true, ended: true } });
  assert.deepEqual(watch.components(), []);
  assert.deepEqual(countsOf(watch), { 'ring-buffer': 1 });
});

test('a damaged file is begun anew', (t) => {
  const place = publisher(t);
  writeFileSync(join(place.folder, 'reports.json'), '{"runs":[{"at":"x"}]}');
  const watch = place.start();
  assert.deepEqual(watch.components(), []);
  tell(watch, { start: 1 });
  assert.equal(place.start().components().length, 1);
});
