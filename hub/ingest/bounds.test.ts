// The small tools that keep the agents' port within its bounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCachedLookup } from './cached-lookup.ts';
import { createRateLimit } from './rate-limit.ts';
import { createSlots, createTurns } from './slots.ts';

const manualClock = () => {
  const clock = { at: 1_000_000, now: (): number => clock.at };
  return clock;
};

test('a rate limit opens again when its window is over, per key, and forgets the oldest key first', () => {
  const clock = manualClock();
  const limit = createRateLimit({ clock, times: 2, windowMs: 1000, maxKeys: 2 });
  limit.count('a');
  assert.equal(limit.waitMs('a'), 0);
  clock.at += 400;
  limit.count('a');
  assert.equal(limit.waitMs('a'), 600);
  assert.equal(limit.waitMs('b'), 0);
  clock.at += 600;
  assert.equal(limit.waitMs('a'), 0);
  for (const key of ['b', 'b', 'c', 'd']) limit.count(key);
  assert.equal(limit.waitMs('b'), 0, 'pushed out by newer keys');
});

test('slots are bounded per sender and in all, and come back once', () => {
  const slots = createSlots({ perSender: 1, total: 2 });
  const first = slots.take('a');
  assert.ok(first);
  assert.equal(slots.take('a'), undefined);
  assert.ok(slots.take('b'));
  assert.equal(slots.take('c'), undefined);
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  assert.equal(slots.taken, 1);
  assert.ok(slots.take('a'));
});

test('turns run a few at once, in order, and an error gives its turn on', async () => {
  const turns = createTurns(2);
  let [running, most] = [0, 0];
  const order: number[] = [];
  const work = (number: number) => async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    order.push(number);
    await sleep(1);
    running -= 1;
    if (number === 1) throw new Error('one fails');
  };
  const results = await Promise.allSettled(Array.from({ length: 8 }, (_, number) => turns.run(work(number))));
  assert.equal(most, 2);
  assert.deepEqual(order, [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.equal(results.filter(({ status }) => status === 'rejected').length, 1);
});

test('a look-up is asked once in its time, and bridges a store that fails for a while', async () => {
  const clock = manualClock();
  let asked = 0;
  let answer: () => Promise<string | undefined> = async () => 'v1';
  const lookup = createCachedLookup<string>({
    clock,
    look: () => {
      asked += 1;
      return answer();
    },
    freshMs: 10,
    staleMs: 100,
    maxKeys: 2,
  });
  assert.deepEqual(await Promise.all([lookup.get('k'), lookup.get('k')]), ['v1', 'v1']);
  assert.equal(asked, 1);
  clock.at += 10;
  answer = () => Promise.reject(new Error('down'));
  assert.equal(await lookup.get('k'), 'v1');
  clock.at += 100;
  await assert.rejects(lookup.get('k'), /down/);
  await assert.rejects(lookup.get('never seen'), /down/);
  answer = async () => undefined;
  assert.equal(await lookup.get('k'), undefined);
});
