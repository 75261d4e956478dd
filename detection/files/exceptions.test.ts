// The forms in which exceptions write their values, as Falco reads them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../engine/engine.ts';
import { expandEvent } from '../proof/compact-event.ts';
import { type LoadedRules, loadRules } from './load-rules.ts';

const load = (exception: string): LoadedRules =>
  loadRules([
    {
      path: 'r.yaml',
      text: `- list: known
  items: [apt, "an agent"]
- rule: r
  desc: d
  condition: evt.type = execve
  output: o
  priority: INFO
  exceptions:
    - { name: e, ${exception} }
`,
    },
  ]);

function isSilent(exception: string, process: object): boolean {
  const { rules, problems } = load(exception);
  assert.deepEqual(problems, []);
  const expanded = expandEvent({ process }, 0);
  assert.ok(expanded.ok);
  return createEngine(rules).evaluate(expanded.event).length === 0;
}

const dpkg = { name: 'dpkg', path: '/usr/bin/dpkg', parents: ['apt'] };

const silent: readonly string[] = [
  'fields: [proc.name, proc.pname], values: [[dpkg, apt]]',
  'fields: [proc.name, proc.pname], comps: [in, in], values: [[[dpkg, rpm], [known]]]',
  'fields: [proc.name, proc.pname], comps: [in, in], values: [["(dpkg, rpm)", "(apt)"]]',
  'fields: [proc.name, proc.pname], comps: [in, in], values: [["(dpkg, rpm)", (known)]]',
  'fields: [proc.name, proc.exepath], comps: [=, pmatch], values: [[dpkg, "(/opt, /usr/*)"]]',
  'fields: proc.pname, values: [apt, yum]',
  'fields: proc.pname, comps: startswith, values: [ap]',
];

for (const exception of silent)
  test(`silent: ${exception}`, () => {
    assert.equal(isSilent(exception, dpkg), true);
    assert.equal(isSilent(exception, { ...dpkg, name: 'sh', path: '/bin/sh', parents: ['nginx'] }), false);
  });

test('a list in parentheses that is not closed is told with its place', () => {
  const { problems } = load('fields: [proc.name], comps: [in], values: [["(dpkg, rpm"]]');
  assert.match(
    problems.map(({ line, message }) => `${line}: ${message}`).join(),
    /9: the list is not closed/,
  );
});
