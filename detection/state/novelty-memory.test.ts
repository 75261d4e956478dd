// Novelty: what is learnt, what is new or rare, what is forgotten, and how sure the sketch is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineWith, eventsOf, evidenceOf, get, matchesOf } from '../testing/run-rule.ts';
import { createDetectionState } from './detection-state.ts';
import { createLayeredSketch } from './layered-sketch.ts';

const names = 'novelty: { by: ka.user.name, of: ka.target.name, learn: 7d, remember: 60d }';
const dayMs = 86_400_000;

const run = (memory: string, ...entries: readonly Readonly<Record<string, unknown>>[]) =>
  matchesOf(engineWith(memory), eventsOf(...entries));

test('is silent while it learns, then tells what is new, once', () => {
  const matches = run(
    names,
    ...[get('0s', 'a'), get('6d', 'b'), get('7d', 'a'), get('8d', 'b'), get('9d', 'c'), get('10d', 'c')],
  );
  assert.equal(matches.length, 1);
  assert.equal(matches[0]?.message, 'o: never before since 2026-05-04T10:00:00.000Z');
  assert.deepEqual(evidenceOf(matches[0], 'novelty.baseline'), {
    since: '2026-05-04T10:00:00.000Z',
    events: 4,
    examples: ['b', 'a'],
  });
});

test('each identity is learnt by itself, from its own first event', () => {
  const bob = { user: 'bob' };
  assert.equal(run(names, get('0s', 'a'), get('8d', 'x', bob), get('9d', 'y', bob)).length, 0);
  assert.equal(run(names, get('0s', 'a'), get('8d', 'x', bob), get('16d', 'a', bob)).length, 1);
});

test('without `by`, the cluster is one identity, and each new value one alert', () => {
  const cluster = 'novelty: { of: ka.target.name, learn: 1d }';
  const matches = run(
    cluster,
    get('0s', 'a'),
    get('2d', 'b', { user: 'bob' }),
    get('3d', 'c', { user: 'eve' }),
    get('4d', 'b'),
  );
  assert.equal(matches.length, 2);
  assert.notEqual(matches[0]?.alertId, matches[1]?.alertId);
});

test('of a field with many values, each is new or known by itself', () => {
  const memory = 'novelty: { of: ka.user.groups, learn: 1d }';
  const of = (...groups: readonly string[]) => ({ groups });
  const known = [get('0s', 'a', of('x')), get('1s', 'a', of('y'))];
  assert.equal(run(memory, ...known, get('2d', 'a', of('x', 'y'))).length, 0);
  assert.equal(run(memory, ...known, get('2d', 'a', of('x', 'z'))).length, 1);
});

test('rare is what was seen fewer times', () => {
  const rare = 'novelty: { by: ka.user.name, of: ka.target.name, learn: 1d, rare: 3 }';
  const later = Array.from({ length: 5 }, (_, n) => get(`${n + 2}d`, 'b'));
  const matches = run(rare, get('0s', 'a'), ...later);
  assert.equal(matches.length, 3);
  assert.match(matches[2]?.message ?? '', /seen 2 times before/);
});

test('what was not seen for long is new again; what was in use is not', () => {
  const uses = Array.from({ length: 20 }, (_, n) => get(`${n * 10}d`, 'daily'));
  const matches = run(names, get('0s', 'once'), ...uses, get('199d', 'once'), get('199d', 'daily'));
  assert.deepEqual(
    matches.map(({ occurrenceId }) => occurrenceId.includes('once')),
    [true],
  );
});

test('who was away is learnt anew', () => {
  assert.equal(run(names, get('0s', 'a'), get('8d', 'a'), get('80d', 'b')).length, 0);
});

test('late and repeated events neither fire nor break what is known', () => {
  const events = eventsOf(get('8d', 'a'), get('0s', 'b'), get('8d', 'a'), get('16d', 'b'), get('16d', 'b'));
  assert.equal(matchesOf(engineWith(names), events).length, 0);
});

test('identities are bounded, and what goes is counted', () => {
  const engine = engineWith(names, createDetectionState({ keys: 10, entries: 10 }));
  const many = Array.from({ length: 30 }, (_, n) => get(`${n}s`, 'a', { user: `u${n}` }));
  matchesOf(engine, eventsOf(...many));
  assert.deepEqual([engine.costs()[0]?.keys, engine.costs()[0]?.evictions], [10, 20]);
});

test('the sketch forgets nothing, and takes hardly anything new for known', () => {
  const sketch = createLayeredSketch(60 * dayMs);
  const count = 30_000;
  for (let n = 0; n < count; n += 1) sketch.add(`known ${n}`, n);
  let [forgotten, confused] = [0, 0];
  for (let n = 0; n < count; n += 1) {
    if (sketch.count(`known ${n}`, count) === 0) forgotten += 1;
    if (sketch.count(`new ${n}`, count) > 0) confused += 1;
  }
  assert.equal(forgotten, 0);
  assert.ok(confused < count * 0.06, `${confused} of ${count}`);
});

test('the sketch has a bound, and counts what goes with it', () => {
  const sketch = createLayeredSketch(60 * dayMs);
  for (let n = 0; n < 120_000; n += 1) sketch.add(`${n}`, n);
  const saved = JSON.stringify(sketch.save()).length;
  assert.ok(saved < 1_000_000, `${saved} characters`);
  assert.ok(sketch.evictions() > 0);
  assert.ok(sketch.count('119999', 120_000) > 0, 'the newest stays');
});
