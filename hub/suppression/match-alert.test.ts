// Which alerts a match fits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entities, SuppressionMatch } from '@yagura/contracts';
import { compileMatch, isSpecific } from './match-alert.ts';
import { workloadNames } from './workload-names.ts';

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

test('a workload goes by the names of its pod, its replica set, its deployment or stateful set', () => {
  assert.deepEqual(workloadNames(entities), ['web-7d9c5b6f4-x2lq7', 'web-7d9c5b6f4', 'web']);
  assert.deepEqual(workloadNames({ pod: 'db-0' }), ['db-0', 'db']);
  assert.deepEqual(workloadNames({ resource: 'clusterrolebindings/mine' }), ['mine']);
  assert.deepEqual(workloadNames({}), []);
});
