// Where an alert happened, in two lines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whereOf } from './where.ts';

test('the pod, and the cluster, namespace and node that it is in', () => {
  const where = whereOf({
    pod: 'web-1',
    cluster: 'prod-eu',
    namespace: 'shop',
    node: 'node-1',
    user: 'root',
  });
  assert.deepEqual(where, { thing: 'web-1', place: 'prod-eu / shop / node-1' });
});

test('a container id is cut to the length that tools show; a node is not said twice', () => {
  assert.equal(whereOf({ container: 'ab'.repeat(32), node: 'n' }).thing, 'abababababab');
  assert.deepEqual(whereOf({ node: 'n', user: 'root' }), { thing: 'n', place: 'root' });
  assert.deepEqual(whereOf({}), { thing: '–', place: '' });
});
