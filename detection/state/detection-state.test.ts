// What rules remember outlives the engine: snapshot, parts that changed, rules that change, and what cannot be read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../engine/engine.ts';
import { engineWith, eventsOf, get, matchesOf, ruleWith } from '../testing/run-rule.ts';
import { createDetectionState, type DetectionState, type StateSnapshot } from './detection-state.ts';

const threshold = 'threshold: { count: 3, within: 60s, by: ka.user.name }';
const sequence =
  'sequence: { within: 60s, by: ka.user.name, steps: [{ condition: ka.target.name = a }, { not: ka.target.name = x }, { condition: ka.target.name = c }] }';
const novelty = 'novelty: { by: ka.user.name, of: ka.target.name, learn: 7d }';

const asJson = (state: DetectionState): unknown => JSON.parse(JSON.stringify(state.snapshot()));
const restored = (snapshot: unknown): DetectionState => {
  const state = createDetectionState();
  assert.equal(state.restore(snapshot), 0);
  return state;
};

const halves = {
  [threshold]: [
    [get('0s', 'a'), get('1s', 'b')],
    [get('1s', 'b'), get('2s', 'c')],
  ],
  [sequence]: [[get('0s', 'a')], [get('0s', 'a'), get('2s', 'c')]],
  [novelty]: [
    [get('0s', 'a'), get('8d', 'a')],
    [get('9d', 'a'), get('9d', 'c')],
  ],
} as const;

test('an engine that starts from a snapshot goes on where the other ended', () => {
  for (const [memory, [first, second]] of Object.entries(halves)) {
    const before = engineWith(memory);
    assert.equal(matchesOf(before, eventsOf(...first)).length, 0, memory);
    const snapshot = asJson(before.state);
    assert.equal(matchesOf(engineWith(memory, restored(snapshot)), eventsOf(...second)).length, 1, memory);
    assert.deepEqual(asJson(restored(snapshot)), snapshot, 'a snapshot of what sleeps is the same');
  }
});

test('parts that changed are taken once, and put together they are the whole', () => {
  const state = createDetectionState();
  const engine = engineWith(threshold, state);
  const [a, b] = eventsOf(get('0s', 'a'), get('1s', 'b'));
  assert.ok(a !== undefined && b !== undefined);
  engine.evaluate({ ...a, cluster: 'one' });
  engine.evaluate({ ...a, cluster: 'two' });
  const both = [...state.takeChanges()];
  assert.deepEqual(
    both.map(({ cluster }) => cluster),
    ['one', 'two'],
  );
  assert.equal(state.hasChanges(), false);
  assert.deepEqual([...state.takeChanges()], []);
  engine.evaluate({ ...b, cluster: 'two' });
  assert.equal(state.hasChanges(), true);
  const parts = new Map([...both, ...state.takeChanges()].map((part) => [part.cluster, part]));
  const snapshot: StateSnapshot = { format: 1, parts: [...parts.values()] };
  assert.deepEqual(JSON.parse(JSON.stringify(snapshot)), asJson(state));
});

test('rules that are loaded again keep their memory, and what changed before is still to be taken', () => {
  const state = createDetectionState();
  matchesOf(engineWith(threshold, state), eventsOf(get('0s', 'a'), get('1s', 'b')));
  const again = engineWith(threshold, state);
  assert.equal(state.hasChanges(), true);
  assert.equal([...state.takeChanges()].length, 1);
  assert.equal(state.hasChanges(), false);
  assert.equal(matchesOf(again, eventsOf(get('2s', 'c'))).length, 1);
});

test('a changed count or window holds for what is remembered; a changed key begins anew', () => {
  const state = createDetectionState();
  matchesOf(engineWith(threshold, state), eventsOf(get('0s', 'a')));
  const lower = engineWith(threshold.replace('3', '2'), state);
  assert.equal(matchesOf(lower, eventsOf(get('1s', 'b'))).length, 1);
  const other = engineWith(threshold.replace('ka.user.name', 'ka.verb'), state);
  assert.equal(matchesOf(other, eventsOf(get('2s', 'c'), get('3s', 'd'))).length, 0);
});

test('the engine before goes on with its own memory while the next one is made', () => {
  const state = createDetectionState();
  const [old, next] = [engineWith(threshold, state), createEngine(ruleWith(threshold), { state })];
  matchesOf(old, eventsOf(get('0s', 'a'), get('1s', 'b')));
  assert.equal(matchesOf(next, eventsOf(get('2s', 'c'))).length, 0);
});

test('a rule that was not compiled anew keeps its memory as it is; one that is gone for a while finds its memory again', () => {
  const state = createDetectionState();
  const rules = ruleWith(threshold);
  matchesOf(createEngine(rules, { state }), eventsOf(get('0s', 'a'), get('1s', 'b')));
  const again = createEngine(rules, { state });
  assert.equal(matchesOf(again, eventsOf(get('2s', 'c'))).length, 1);
  state.retain(new Set(['another']));
  assert.equal([...state.takeChanges()].length, 1, 'what was not saved yet still is');
  const back = createEngine(ruleWith(threshold), { state });
  assert.equal(matchesOf(back, eventsOf(get('2s', 'c'))).length, 0, 'the same event again is known');
  assert.equal(matchesOf(back, eventsOf(get('3s', 'd'))).length, 1, 'it goes on counting');
});

test('what is no snapshot is left out, and counted where it is a part', () => {
  const unreadable = [undefined, null, 7, 'x', [], { parts: 7 }];
  for (const value of unreadable) assert.equal(createDetectionState().restore(value), 0);
  assert.equal(createDetectionState().restore({ parts: [null, {}, { rule: 'r' }] }), 3);
});

test('a part whose memory is damaged begins anew', () => {
  for (const memory of [threshold, sequence, novelty]) {
    const engine = engineWith(memory);
    matchesOf(engine, eventsOf(get('0s', 'a')));
    const [part] = engine.state.snapshot().parts;
    assert.ok(part !== undefined);
    const damages = [7, null, {}, [7], [{ key: 1 }], { sketch: [{}], habits: [] }, { sketch: [], habits: 7 }];
    for (const damage of damages) {
      const state = restored({ format: 1, parts: [{ ...part, memory: damage, recent: damage }] });
      assert.equal(matchesOf(engineWith(memory, state), eventsOf(get('1s', 'a'))).length, 0);
    }
  }
});
