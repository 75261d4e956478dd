// Past events through two sets of rules: what a proposed rule adds, replaces and leaves as it was.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '@yagura/contracts';
import { type LoadedRule, loadRules } from '../files/load-rules.ts';
import { createBacktest } from './backtest.ts';
import { expandEvent } from './compact-event.ts';

const ruleOf = (id: string, condition: string): readonly LoadedRule[] =>
  loadRules([
    {
      path: `${id}.yaml`,
      text: `- rule: ${id}\n  source: k8s_audit\n  condition: ${condition}\n  output: o\n  priority: INFO\n  dedupe: [ka.user.name]\n`,
    },
  ]).rules;

function eventOf(audit: object, index: number): Event {
  const expanded = expandEvent({ audit }, index);
  assert.ok(expanded.ok);
  return expanded.event;
}

const history = [
  { verb: 'delete', resource: 'pods', user: 'alice', namespace: 'shop' },
  { verb: 'delete', resource: 'pods', user: 'alice', namespace: 'shop' },
  { verb: 'delete', resource: 'secrets', user: 'bob', namespace: 'shop' },
  { verb: 'get', resource: 'pods', user: 'carol', namespace: 'shop' },
].map(eventOf);

test('a new rule, a replaced one and an unchanged one', () => {
  const backtest = createBacktest({
    present: [...ruleOf('deleted', 'ka.verb = delete'), ...ruleOf('read', 'ka.verb = get')],
    proposed: [
      ...ruleOf('deleted', 'ka.verb = delete and ka.target.resource = secrets'),
      ...ruleOf('by-alice', 'ka.user.name = alice'),
    ],
  });
  for (const event of [...history, ...history.slice(0, 1)]) backtest.observe(event);
  const { events, rules, present, proposed, isExact } = backtest.report();
  assert.equal(events, 5);
  assert.ok(isExact);
  assert.deepEqual([present.alerts, present.occurrences], [3, 4]);
  assert.deepEqual([proposed.alerts, proposed.occurrences], [3, 4]);
  assert.deepEqual(
    rules.map((row) => [row.rule, row.present?.alerts, row.proposed?.alerts, row.proposed?.occurrences]),
    [
      ['deleted', 2, 1, 1],
      ['by-alice', undefined, 1, 2],
    ],
  );
  const alice = rules[1]?.proposed?.entities.find(({ kind }) => kind === 'user');
  assert.deepEqual(alice, { kind: 'user', value: 'alice', alerts: 1 });
});
