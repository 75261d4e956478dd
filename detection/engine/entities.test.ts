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

test("a request with a service account's token names the pod that holds the token", () => {
  const user = 'system:serviceaccount:shop:web';
  const event = eventOf({ audit: { verb: 'list', resource: 'secrets', user } }) as ApiRequested;
  const extra = { 'authentication.kubernetes.io/pod-name': ['web-0'] };
  const by = (username: string) =>
    entitiesOf({ ...event, request: { ...event.request, user: { username, extra } } }).callerPod;
  assert.equal(by(user), 'shop/web-0');
  assert.equal(by('alice'), undefined);
});
