// What is news and what is not, and how long what failed is left alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DesiredExtension } from '@yagura/contracts';
import { createReportBook } from './report-book.ts';

const desired = (generation: number): DesiredExtension => ({
  ...{ name: 'sensor', chart: 'yagura', version: '0.1.0', values: {}, state: 'installed', generation },
});

function start() {
  let now = Date.parse('2026-03-01T00:00:00Z');
  const book = createReportBook({ clock: { now: () => now }, retryMs: 1000 });
  return { book, pass: (ms: number) => (now += ms) };
}

test('the same again is no news, and keeps its time', () => {
  const { book, pass } = start();
  assert.ok(book.note(desired(1), { status: 'installed', revision: 1 }));
  pass(5000);
  assert.ok(!book.note(desired(1), { status: 'installed', revision: 1 }));
  assert.equal(book.reports()[0]?.at, '2026-03-01T00:00:00.000Z');
  assert.ok(book.note(desired(1), { status: 'installed', revision: 1, message: 'ready on 1 of 2 nodes' }));
  assert.ok(book.note(desired(1), { status: 'installed', revision: 1 }), 'what is well again is news');
  assert.ok(book.note(desired(2), { status: 'installed', revision: 1 }));
});

test('why it was rolled back is kept, also over a restart', () => {
  const { book } = start();
  book.note(desired(2), { status: 'rolled-back', revision: 3, message: 'no image' });
  assert.ok(!book.note(desired(2), { status: 'rolled-back', revision: 3 }));
  const next = start().book;
  next.recall(book.reports());
  assert.ok(!next.note(desired(2), { status: 'rolled-back', revision: 3 }));
  assert.equal(next.reports()[0]?.message, 'no image');
  next.recall([{ name: 'sensor', generation: 1, status: 'installed', at: '' }]);
  assert.equal(next.reports()[0]?.generation, 2, 'what is known here counts more');
});

test('what failed is tried again later and later; a new generation is tried at once', () => {
  const { book, pass } = start();
  const waits = [1, 2, 3, 4].map(() => {
    book.note(desired(1), { status: 'installing' });
    assert.ok(book.isDue(desired(1)));
    book.note(desired(1), { status: 'failed', message: 'x' });
    assert.ok(book.isDue(desired(2)));
    let waited = 0;
    for (; !book.isDue(desired(1)); waited += 100) pass(100);
    return waited;
  });
  assert.ok((waits[3] ?? 0) > (waits[0] ?? 0), waits.join());
  for (let n = 0; n < 30; n++) book.note(desired(1), { status: 'failed', message: 'x' });
  pass(601_000);
  assert.ok(book.isDue(desired(1)), 'within ten minutes');
});
