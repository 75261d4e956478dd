// Node and API server name the same pod and workload alike, and a token leads to the pod that it was made for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiRequested, Entities, Event } from '@yagura/contracts';
import { expandEvent } from '../proof/compact-event.ts';
import { entitiesOf } from './entities.ts';

function eventOf(compact: object): Event {
  const expanded = expandEvent(compact, 0);
  if (!expanded.ok) assert.fail(expanded.message);
  return expanded.event;
}
const of = (compact: object): Entities => entitiesOf(eventOf(compact));
const place = ({ namespace, pod, workload }: Entities) => ({ namespace, pod, workload });

test('an exec and a process in that pod are about the same pod and workload', () => {
  const owners = [
    ['web-7d9c5b6f4-x2lq7', 'web'],
    ['agent-x2lq7', 'agent'],
    ['db-0', 'db'],
    ['backup-28345670-x2lq7', 'backup'],
    ['my-nginx', 'my-nginx'],
  ] as const;
  for (const [pod, workload] of owners) {
    const process = of({ process: { name: 'sh', namespace: 'shop', pod } });
    const exec = { verb: 'create', resource: 'pods', subresource: 'exec', namespace: 'shop', name: pod };
    assert.deepEqual(place(process), { namespace: 'shop', pod, workload });
    assert.deepEqual(place(of({ audit: exec })), place(process));
  }
});

test('a pod that is created is of its owner, a workload is of itself, another object of none', () => {
  const audit = { verb: 'create', namespace: 'shop' };
  const owned = {
    metadata: { ownerReferences: [{ kind: 'StatefulSet', name: 'redis-1', controller: true }] },
  };
  assert.equal(
    of({ audit: { ...audit, resource: 'pods', name: 'redis-1-0', request: owned } }).workload,
    'redis-1',
  );
  assert.equal(of({ audit: { ...audit, resource: 'deployments', name: 'web' } }).workload, 'web');
  assert.equal(of({ audit: { ...audit, resource: 'secrets', name: 'web' } }).workload, undefined);
});

const extra = { 'authentication.kubernetes.io/pod-name': ['web-5c9d8f7b6d-x2x4z'] };
const user = 'system:serviceaccount:shop:web';

function byPod(audit: object, username = user): Entities {
  const event = eventOf({ audit: { verb: 'list', user, ...audit } }) as ApiRequested;
  return entitiesOf({ ...event, request: { ...event.request, user: { username, extra } } });
}

test("a request with a service account's token names the pod that holds the token", () => {
  assert.equal(byPod({ resource: 'secrets' }).callerPod, 'shop/web-5c9d8f7b6d-x2x4z');
  assert.equal(byPod({ resource: 'secrets' }, 'alice').callerPod, undefined);
});

test('a request from a pod is placed there, unless it is about a pod, a workload or another namespace', () => {
  const placeOf = (audit: object): readonly unknown[] => {
    const { namespace, pod, workload } = byPod(audit);
    return [namespace, pod, workload];
  };
  const atCaller = ['shop', 'web-5c9d8f7b6d-x2x4z', 'web'];
  assert.deepEqual(placeOf({ resource: 'secrets' }), atCaller);
  assert.deepEqual(placeOf({ resource: 'secrets', namespace: 'shop' }), atCaller);
  assert.deepEqual(placeOf({ resource: 'secrets', namespace: 'bank' }), ['bank', undefined, undefined]);
  assert.deepEqual(placeOf({ resource: 'pods', namespace: 'shop', name: 'db' }), ['shop', 'db', 'db']);
  assert.deepEqual(placeOf({ resource: 'deployments', namespace: 'shop', name: 'db' }), [
    ...['shop', undefined, 'db'],
  ]);
});
