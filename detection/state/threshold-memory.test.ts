// Thresholds: windows of event time, distinct values, late and repeated events, bounds and what they cost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineWith, eventsOf, evidenceOf, get, matchesOf } from '../testing/run-rule.ts';
import { createDetectionState } from './detection-state.ts';

const three = 'threshold: { count: 3, within: 60s, by: ka.user.name }';
const threeNames = 'threshold: { count: 3, within: 60s, by: ka.user.name, distinct: ka.target.name }';

test('fires when the window is full, and then counts up', () => {
  const matches = matchesOf(
    engineWith(three),
    eventsOf(get('0s', 'a'), get('30s', 'a'), get('60s', 'b'), get('61s', 'c')),
  );
  assert.equal(matches.length, 2);
  assert.equal(matches[0]?.alertId, matches[1]?.alertId);
  assert.equal(matches[0]?.message, 'o: 3 times within 1m');
  assert.equal(evidenceOf(matches[0], 'threshold.count'), 3);
  assert.equal(evidenceOf(matches[0], 'threshold.first'), '2026-05-04T10:00:00.000Z');
  assert.equal(evidenceOf(matches[0], 'threshold.last'), '2026-05-04T10:01:00.000Z');
});

test('a window ends to the millisecond', () => {
  const spread = (last: string) => eventsOf(get('0s', 'a'), get('30s', 'b'), get(last, 'c'));
  assert.equal(matchesOf(engineWith(three), spread('60000ms')).length, 1);
  assert.equal(matchesOf(engineWith(three), spread('60001ms')).length, 0);
});

test('keys do not mix, and clusters neither', () => {
  const [one, two, third] = eventsOf(get('0s', 'a'), get('1s', 'b'), get('2s', 'c'));
  assert.ok(one !== undefined && two !== undefined && third !== undefined);
  const byBob = eventsOf(get('2s', 'c', { user: 'bob' }));
  assert.equal(matchesOf(engineWith(three), [one, two, ...byBob]).length, 0);
  assert.equal(matchesOf(engineWith(three), [one, two, { ...third, cluster: 'other' }]).length, 0);
});

test('without `by`, all of the cluster belongs together, in one alert', () => {
  const engine = engineWith('threshold: { count: 2, within: 60s }');
  const users = ['a', 'b', 'c'].map((user, n) => get(`${n}s`, 'x', { user }));
  const matches = matchesOf(engine, eventsOf(...users));
  assert.equal(matches.length, 2);
  assert.equal(new Set(matches.map(({ alertId }) => alertId)).size, 1);
});

test('distinct values are counted, not events', () => {
  const again = eventsOf(...['0s', '1s', '2s', '3s'].map((at) => get(at, 'a')));
  assert.equal(matchesOf(engineWith(threeNames), again).length, 0);
  const [match] = matchesOf(engineWith(threeNames), eventsOf(get('0s', 'a'), get('1s', 'b'), get('2s', 'c')));
  assert.deepEqual(evidenceOf(match, 'threshold.values'), ['a', 'b', 'c']);
  assert.equal(match?.message, 'o: 3 values of ka.target.name within 1m');
});

test('a value that comes again counts at its last time', () => {
  const events = eventsOf(get('0s', 'a'), get('50s', 'a'), get('70s', 'b'), get('80s', 'c'));
  assert.equal(matchesOf(engineWith(threeNames), events).length, 1);
});

test('late events are put in their place, whatever the order', () => {
  const events = eventsOf(get('0s', 'a'), get('30s', 'b'), get('50s', 'c'));
  const [a, b, c] = events;
  assert.ok(a !== undefined && b !== undefined && c !== undefined);
  for (const order of [
    [c, b, a],
    [b, c, a],
    [a, c, b],
  ])
    assert.equal(matchesOf(engineWith(three), order).length, 1);
});

test('an alert raised by late events does not swallow the next one', () => {
  const events = eventsOf(
    ...[get('200s', 'x'), get('210s', 'y'), get('0s', 'a'), get('1s', 'b'), get('2s', 'c'), get('220s', 'z')],
  );
  const matches = matchesOf(engineWith(three), events);
  assert.deepEqual(
    matches.map((match) => evidenceOf(match, 'threshold.first')),
    ['2026-05-04T10:00:00.000Z', '2026-05-04T10:03:20.000Z'],
  );
});

test('what is too late for any window is counted', () => {
  const engine = engineWith(three);
  matchesOf(engine, eventsOf(get('10m', 'a'), get('0s', 'b')));
  assert.equal(engine.costs()[0]?.late, 1);
});

test('the same request twice, or at another stage, counts once', () => {
  const same = { id: 'one' };
  const events = eventsOf(
    get('0s', 'a', { ...same, stage: 'ResponseStarted' }),
    get('1s', 'a', same),
    get('1s', 'a', same),
    get('2s', 'b'),
  );
  assert.equal(matchesOf(engineWith(three), events).length, 0);
});

test('requests that a client gave one audit id are still several', () => {
  const events = eventsOf(get('0s', 'a'), get('1s', 'b'), get('2s', 'c')).map((event, n) =>
    event.kind === 'api.requested'
      ? { ...event, request: { ...event.request, auditID: 'x', requestReceivedTimestamp: `${n}` } }
      : event,
  );
  assert.equal(matchesOf(engineWith(three), events).length, 1);
});

test('memory is bounded, and what goes is counted', () => {
  const state = createDetectionState({ keys: 10, entries: 40 });
  const engine = engineWith('threshold: { count: 100, within: 1h, by: ka.user.name }', state);
  const many = Array.from({ length: 50 }, (_, n) => get(`${n}s`, 'a', { user: `u${n}` }));
  matchesOf(engine, eventsOf(...many));
  assert.deepEqual([engine.costs()[0]?.keys, engine.costs()[0]?.evictions], [10, 40]);
  const busy = Array.from({ length: 100 }, (_, n) => get(`${n + 50}s`, 'a', { user: 'busy' }));
  assert.equal(matchesOf(engine, eventsOf(...busy)).length, 1);
  assert.ok((engine.costs()[0]?.keys ?? 0) <= 10);
});

test('what stands in no window any more is forgotten at no cost', () => {
  const engine = engineWith(three);
  const hours = Array.from({ length: 500 }, (_, n) => get(`${n}h`, 'a', { user: `u${n}` }));
  matchesOf(engine, eventsOf(...hours));
  const [cost] = engine.costs();
  assert.ok((cost?.keys ?? 99) < 5, `${cost?.keys} keys`);
  assert.equal(cost?.evictions, 0);
});
