// What the index knows and forgets, and what it fills in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enrichEntities } from './enrich.ts';
import { createPodIndex, type IndexedObject } from './pod-index.ts';

const object = (name: string, more: Partial<IndexedObject> = {}): IndexedObject => ({
  ...{ cluster: 'prod', uid: name, resource: 'pods', namespace: 'shop', name },
  facts: {
    node: 'n1',
    workload: { kind: 'Deployment', name: 'web' },
    containers: [{ name: 'c', image: 'i:1' }],
  },
  ...more,
});
const about = { cluster: 'prod', namespace: 'shop' };

test('what the event says stands; a workload that was guessed by name gives way', () => {
  const index = createPodIndex();
  index.put(object('web-1'));
  const alert = { ...about, pod: 'web-1', workload: 'web-guessed', image: 'own:2' };
  assert.deepEqual(enrichEntities(alert, index), { ...alert, workload: 'web', node: 'n1' });
});

test('nothing is filled in of another cluster or namespace, nor without a namespace', () => {
  const index = createPodIndex();
  index.put(object('web-1'));
  for (const place of [{ ...about, cluster: 'dev' }, { ...about, namespace: 'other' }, { cluster: 'prod' }]) {
    const alert = { ...place, pod: 'web-1' };
    assert.equal(enrichEntities(alert, index), alert);
  }
});

test("an alert about a deployment gets its image, and a node's name never comes from it", () => {
  const index = createPodIndex();
  const facts = { containers: [{ name: 'c', image: 'i:9' }] };
  index.put(object('web', { resource: 'deployments', facts }));
  assert.deepEqual(enrichEntities({ ...about, workload: 'web' }, index), {
    ...about,
    workload: 'web',
    image: 'i:9',
  });
});

test('a full index counts what it leaves out; what was removed is known for a while, and makes room', () => {
  const index = createPodIndex(2);
  index.put(object('a'));
  index.put(object('b'));
  index.put(object('c'));
  assert.equal(index.leftOut, 1);
  index.remove(object('a'));
  assert.ok(index.pod('prod', 'shop', 'a'));
  index.put(object('c'));
  assert.equal(index.pod('prod', 'shop', 'a'), undefined);
  assert.ok(index.pod('prod', 'shop', 'c'));
  assert.equal(index.size, 2);
});

test('a pod that came again under its name is not forgotten with the one before', () => {
  const index = createPodIndex(1);
  index.put(object('db-0', { uid: 'first' }));
  index.remove(object('db-0', { uid: 'first' }));
  index.put(object('db-0', { uid: 'second' }));
  index.put(object('other'));
  assert.equal(index.pod('prod', 'shop', 'db-0')?.uid, 'second');
});
