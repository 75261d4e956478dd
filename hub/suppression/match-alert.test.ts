// Which alerts a match fits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entities, SuppressionMatch } from '@yagura/contracts';
import { compileMatch, isSpecific } from './match-alert.ts';

const entities: Entities = {
  ...{ cluster: 'prod-eu', namespace: 'shop', pod: 'web-7d9c5b6f4-x2lq7', node: 'n1' },
  ...{ image: 'registry.example/web:1.2', user: 'system:serviceaccount:shop:web' },
};
const fits = (match: SuppressionMatch, over: Entities = entities): boolean =>
  compileMatch(match)({ rule: 'exec-into-pod', entities: over });

test('every field that is given must fit, exactly or by glob', () => {
  assert.ok(fits({ rule: 'exec-into-pod' }));
  assert.ok(fits({ rule: 'exec-*', cluster: 'prod-??', image: '*/web:*', workload: 'web' }));
  assert.ok(!fits({ rule: 'exec' }));
  assert.ok(!fits({ rule: 'exec-into-pod', namespace: 'Shop' }));
  assert.ok(fits({ user: 'system:serviceaccount:shop:*' }));
});

test('an alert without the entity does not fit, and no match fits nothing', () => {
  assert.ok(!fits({ node: '*' }, { cluster: 'prod-eu' }));
  assert.ok(!fits({}));
});

test('stars alone are not specific', () => {
  assert.ok(!isSpecific({ cluster: '*', rule: '**' }));
  assert.ok(!isSpecific({ cluster: '?*' }));
  assert.ok(isSpecific({ cluster: '*', rule: 'a*' }));
});

test('a workload goes by the names of its pod, its replica set, and what it belongs to', () => {
  const named = (over: Entities, ...names: readonly string[]): readonly string[] =>
    names.filter((workload) => fits({ workload }, over));
  const web = ['web-7d9c5b6f4-x2lq7', 'web-7d9c5b6f4', 'web'];
  assert.deepEqual(named(entities, ...web, 'web-7d9c5b6f4-', 'shop'), web);
  assert.deepEqual(named({ pod: 'db-0' }, 'db-0', 'db', 'd'), ['db-0', 'db']);
  assert.deepEqual(named({ resource: 'clusterrolebindings/mine' }, 'mine', ''), ['mine']);
  assert.deepEqual(named({}, '', '*'), []);
});

test('a workload goes by the name that its alert shows', () => {
  assert.ok(fits({ workload: 'report' }, { pod: 'report-28472190-x2lq7', workload: 'report' }));
  assert.ok(fits({ workload: 'redis' }, { pod: 'redis-1-0', workload: 'redis' }));
});
