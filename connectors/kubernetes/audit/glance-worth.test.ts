// A look at records is spared while it rules out next to nothing, and comes back when that changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GlanceWorth } from './glance-worth.ts';

/** How many of so many records are looked at, of which one in `each` can be ruled out. */
function lookedAt(worth: GlanceWorth, records: number, each: number): number {
  let looked = 0;
  for (let number = 0; number < records; number += 1) {
    if (!worth.isWorthIt()) continue;
    looked += 1;
    worth.note(number % each === 0);
  }
  return looked;
}

test('most records are not looked at while one in ten is ruled out, and all while every second is', () => {
  const worth = new GlanceWorth();
  assert.equal(lookedAt(worth, 1_024, 2), 1_024);
  assert.equal(lookedAt(worth, 2_560, 10), 640);
  assert.ok(lookedAt(worth, 2_048, 2) > 1_800);
});

test('a record that is none of an API server makes looking begin again', () => {
  const worth = new GlanceWorth();
  assert.equal(lookedAt(worth, 64, 100), 64);
  assert.equal(worth.isWorthIt(), false);
  worth.reset();
  assert.equal(worth.isWorthIt(), true);
});
