// Why a rule fired or not: every test is told, with what it read and where it is written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '@yagura/contracts';
import { type LoadedRule, loadRules } from '../files/load-rules.ts';
import { expandEvent } from './compact-event.ts';
import { explainRule } from './explain-rule.ts';

function ruleOf(text: string): LoadedRule {
  const { rules, problems } = loadRules([{ path: 'r.yaml', text }]);
  assert.deepEqual(problems, []);
  const [rule] = rules;
  assert.ok(rule);
  return rule;
}

function event(audit: object, index = 0): Event {
  const expanded = expandEvent({ audit }, index);
  assert.ok(expanded.ok);
  return expanded.event;
}

const text = `- macro: made
  condition: ka.verb = create
- rule: r
  source: k8s_audit
  condition: made and not ka.user.name = alice and (ka.target.resource = pods or ka.target.resource = jobs)
  output: made by %ka.user.name
  priority: INFO
  exceptions:
    - {name: ns, fields: [ka.target.namespace], values: [[build]]}
`;

test('each test says whether it held, what it read and where it stands', () => {
  const [one] = explainRule(ruleOf(text), [
    event({ verb: 'create', resource: 'pods', user: 'bob', namespace: 'shop' }),
  ]);
  assert.ok(one);
  assert.deepEqual(one.alerts, ['made by bob']);
  assert.ok(one.condition.kind === 'and' && one.condition.holds);
  const [made, notAlice, either, exception] = one.condition.parts;
  assert.deepEqual(made, {
    ...{ kind: 'test', holds: true, field: 'ka.verb', value: 'create' },
    ...{ file: 'r.yaml', line: 2, column: 14, text: 'ka.verb = create' },
  });
  assert.ok(notAlice?.kind === 'not' && notAlice.holds && !notAlice.part.holds);
  assert.ok(either?.kind === 'or');
  assert.deepEqual(
    either.parts.map(({ holds }) => holds),
    [true, false],
  );
  assert.ok(exception?.kind === 'not');
  assert.match(JSON.stringify(exception.part), /"text":"ka\.target\.namespace [^"]*build/);
});

test('a silent rule tells which test failed, and that an event lacks a field', () => {
  const [one] = explainRule(ruleOf(text), [event({ verb: 'get', user: 'alice' })]);
  assert.ok(one);
  assert.deepEqual(one.alerts, []);
  assert.ok(one.condition.kind === 'and' && !one.condition.holds);
  const [made, notAlice] = one.condition.parts;
  assert.ok(made?.kind === 'test' && !made.holds && made.value === 'get');
  assert.ok(notAlice?.kind === 'not' && !notAlice.holds);
});

test('events are explained with one memory, and remarks say what else decides', () => {
  const rule = ruleOf(`- rule: r
  source: k8s_audit
  enabled: true
  condition: ka.verb = delete
  output: o
  priority: INFO
  threshold: {by: ka.user.name, count: 2, within: 1m}
`);
  const [first, second] = explainRule(rule, [
    event({ verb: 'delete', user: 'bob' }, 0),
    event({ verb: 'delete', user: 'bob' }, 1),
  ]);
  assert.equal(first?.alerts.length, 0);
  assert.equal(second?.alerts.length, 1);
  assert.match(first?.remarks[0] ?? '', /threshold/);
});
