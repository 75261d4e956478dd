// Which rule somebody may have meant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeUnfit } from './find-rule-fit.ts';

const rules = [
  { id: 'exec-into-pod', name: 'Exec into pod', title: 'Command run in a pod' },
  { id: 'secrets-read-in-bulk', name: 'Bulk', title: 'Many secrets read' },
  { id: 'secrets-read-one-by-one', name: 'One', title: 'Secrets read one by one' },
];
const told = (pattern: string) => describeUnfit(pattern, rules);

test('an id or a glob that fits a rule is no problem', () => {
  for (const pattern of ['exec-into-pod', 'exec-*', '*']) assert.equal(told(pattern), undefined, pattern);
});

test('what fits none is told with those that may be meant', () => {
  assert.equal(told('exec-in-pod'), 'no rule of this hub has the id "exec-in-pod"; near it: exec-into-pod');
  assert.match(told('Exec-Into-Pod') ?? '', /near it: exec-into-pod$/);
  assert.match(told('command run in a pod') ?? '', /near it: exec-into-pod$/);
  assert.match(told('secrets-read') ?? '', /near it: secrets-read-in-bulk, secrets-read-one-by-one$/);
  assert.match(told('nothing-alike') ?? '', /`yagura rules list --hub`/);
  assert.match(told('secret-*') ?? '', /no rule of this hub has the id "secret-\*"/);
});
