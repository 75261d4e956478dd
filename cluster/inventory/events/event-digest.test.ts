// When the same thing happening again is worth telling.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventDigest } from './event-digest.ts';

test('it is told when new, at each doubling, and after five minutes', () => {
  const digest = new EventDigest();
  const told: number[] = [];
  for (let count = 1; count <= 100; count++) {
    const found = digest.note({ uid: 'u', key: 'k', count }, count);
    if (found) told.push(found.count);
  }
  assert.deepEqual(told, [1, 2, 4, 8, 16, 32, 64]);
  assert.deepEqual(digest.note({ uid: 'u', key: 'k', count: 101 }, 400_000), { uid: 'u', count: 101 });
  assert.equal(digest.note({ uid: 'u', key: 'k', count: 101 }, 900_000), undefined, 'nothing new');
});

test('another Event object about the same thing counts on under the first uid', () => {
  const digest = new EventDigest();
  digest.note({ uid: 'a', key: 'k', count: 5 }, 0);
  assert.deepEqual(digest.note({ uid: 'b', key: 'k', count: 7 }, 1), { uid: 'a', count: 12 });
  assert.deepEqual(digest.note({ uid: 'c', key: 'other', count: 1 }, 2), { uid: 'c', count: 1 });
});
