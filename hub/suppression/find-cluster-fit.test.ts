// Which cluster somebody may have meant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeUnfitCluster } from './find-cluster-fit.ts';

const told = (pattern: string) => describeUnfitCluster(pattern, ['prod-eu', 'prod-us', 'staging']);

test('a name or a glob that fits a cluster is no problem', () => {
  for (const pattern of ['prod-eu', 'prod-*', '*']) assert.equal(told(pattern), undefined, pattern);
  assert.equal(describeUnfitCluster('*', []), undefined);
});

test('what fits none is told with those that may be meant', () => {
  assert.match(told('Prod-EU') ?? '', /no cluster of this hub has the name "Prod-EU"; near it: prod-eu$/);
  assert.match(told('stagin') ?? '', /near it: staging$/);
  assert.match(told('somewhere-else') ?? '', /`yagura clusters list` tells all names/);
});
