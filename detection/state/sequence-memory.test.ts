// Sequences: steps in order, what must not come between, late and repeated events, bounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineWith, eventsOf, evidenceOf, get, matchesOf } from '../testing/run-rule.ts';
import { createDetectionState } from './detection-state.ts';

const steps = (...conditions: readonly string[]): string =>
  `sequence: { within: 60s, by: ka.user.name, steps: [${conditions.join(', ')}] }`;
const named = (name: string): string => `{ name: ${name}, condition: ka.target.name = ${name} }`;
const not = (name: string): string => `{ not: ka.target.name = ${name} }`;
const abc = steps(named('a'), named('b'), named('c'));
const aNotXb = steps(named('a'), not('x'), named('b'));

const run = (memory: string, ...entries: readonly Readonly<Record<string, unknown>>[]) =>
  matchesOf(engineWith(memory), eventsOf(...entries));

test('fires at the last step, and tells the steps', () => {
  const [match, ...more] = run(abc, get('0s', 'a'), get('10s', 'b'), get('11s', 'z'), get('60s', 'c'));
  assert.equal(more.length, 0);
  assert.equal(match?.message, 'o: a → b → c within 1m');
  const told = evidenceOf(match, 'sequence.steps') as { step: string; event: string }[];
  assert.deepEqual(
    told.map(({ step }) => step),
    ['a', 'b', 'c'],
  );
  assert.equal(told[0]?.event, 'get secrets/shop/a → 200');
});

test('order, window and key count', () => {
  assert.equal(run(abc, get('0s', 'b'), get('1s', 'a'), get('2s', 'c')).length, 0);
  assert.equal(run(abc, get('0s', 'a'), get('1s', 'b'), get('60001ms', 'c')).length, 0);
  assert.equal(run(abc, get('0s', 'a'), get('1s', 'b', { user: 'bob' }), get('2s', 'c')).length, 0);
});

test('a first step that is too old does not hide a later one', () => {
  const events = [get('0s', 'a'), get('50s', 'a'), get('70s', 'b'), get('100s', 'c')];
  assert.equal(run(abc, ...events).length, 1);
});

test('what is forbidden between two steps breaks the chain, and only there', () => {
  assert.equal(run(aNotXb, get('0s', 'a'), get('1s', 'x'), get('2s', 'b')).length, 0);
  assert.equal(run(aNotXb, get('0s', 'x'), get('1s', 'a'), get('2s', 'b')).length, 1);
  assert.equal(run(aNotXb, get('0s', 'a'), get('1s', 'b'), get('2s', 'x')).length, 1);
  assert.equal(run(aNotXb, get('0s', 'a'), get('1s', 'x'), get('2s', 'a'), get('3s', 'b')).length, 1);
});

test('late events complete a chain, wherever they belong', () => {
  const events = eventsOf(get('0s', 'a'), get('10s', 'b'), get('20s', 'c'));
  for (const order of [
    [2, 1, 0],
    [0, 2, 1],
    [1, 2, 0],
  ]) {
    const matches = matchesOf(
      engineWith(abc),
      order.flatMap((n) => events[n] ?? []),
    );
    assert.equal(matches.length, 1, order.join());
    assert.match(matches[0]?.occurrenceId ?? '', /20s c/, 'the last step is what happened');
  }
});

test('what was forbidden and comes late still breaks the chain, if the chain was not told yet', () => {
  const [a, b, x] = eventsOf(get('0s', 'a'), get('10s', 'b'), get('5s', 'x'));
  assert.ok(a !== undefined && b !== undefined && x !== undefined);
  assert.equal(matchesOf(engineWith(aNotXb), [b, x, a]).length, 0);
});

test('each last step is one occurrence of the same alert', () => {
  const matches = run(abc, get('0s', 'a'), get('1s', 'b'), get('2s', 'c'), get('2s', 'c'), get('3s', 'c'));
  assert.equal(matches.length, 2);
  assert.equal(new Set(matches.map(({ alertId }) => alertId)).size, 1);
});

test('one event may be two steps, and is not both at once', () => {
  const twice = steps(named('a'), '{ name: any, condition: ka.target.name exists }');
  assert.equal(run(twice, get('0s', 'a')).length, 0);
  assert.equal(run(twice, get('0s', 'a'), get('1s', 'a')).length, 1);
});

test('memory is bounded, and what goes is counted', () => {
  const engine = engineWith(abc, createDetectionState({ keys: 10, entries: 400 }));
  const users = Array.from({ length: 30 }, (_, n) => get(`${n}s`, 'a', { user: `u${n}` }));
  const flood = Array.from({ length: 100 }, (_, n) => get(`${30_000 + n}ms`, 'a', { user: 'u29' }));
  matchesOf(engine, eventsOf(...users, ...flood));
  const [cost] = engine.costs();
  assert.ok((cost?.keys ?? 99) <= 10);
  // 20 keys for want of room, and what does not fit 64 steps of one key.
  assert.ok((cost?.evictions ?? 0) >= 20 + 37, `${cost?.evictions}`);
});
