// Which sides of which tests the cases of rules tried, in the rule's own file and in shared macros.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadRules } from '../files/load-rules.ts';
import { createBranchCoverage } from './branch-coverage.ts';
import { expandEvent } from './compact-event.ts';

const files = [
  { path: 'shared.yaml', text: '- macro: made\n  condition: ka.verb = create\n' },
  ...['a', 'b'].map((name) => ({
    path: `${name}.yaml`,
    text: `- rule: ${name}\n  source: k8s_audit\n  condition: made and ka.target.resource = ${name}\n  output: o\n  priority: INFO\n`,
  })),
];

function eventOf(verb: string, resource: string) {
  const expanded = expandEvent({ audit: { verb, resource } }, 0);
  assert.ok(expanded.ok);
  return expanded.event;
}

test('a branch counts for its rule, those of a shared macro for its file', () => {
  const { rules } = loadRules(files);
  const [a, b] = rules;
  assert.ok(a && b);
  const coverage = createBranchCoverage(rules);
  coverage.observe(a, eventOf('create', 'a'));
  coverage.observe(a, eventOf('create', 'b'));
  const before = coverage.report();
  assert.deepEqual(
    before.map(({ of, branches, tried }) => [of, branches, tried]),
    [
      ['shared.yaml', 2, 1],
      ['a', 2, 2],
      ['b', 2, 0],
    ],
  );
  assert.deepEqual(before[0]?.untried, [
    { file: 'shared.yaml', line: 2, column: 14, text: 'ka.verb = create', side: false },
  ]);
  coverage.observe(b, eventOf('get', 'b'));
  assert.deepEqual(
    coverage.report().map(({ tried }) => tried),
    [2, 2, 1],
  );
});
