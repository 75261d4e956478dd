// Who may do what, for every role that there is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Role, roleNames, type Session } from '@yagura/contracts';
import { refusedToAddCluster, refusedToClose, refusedToReopen } from './capabilities.ts';

const as = (role: Role): Session => ({ user: 'somebody', role });

test('a viewer is told why, and everybody else may close and reopen', () => {
  for (const role of roleNames) {
    const isViewer = role === 'viewer';
    assert.equal(refusedToClose(as(role), { status: 'open' }) !== undefined, isViewer, role);
    assert.equal(refusedToReopen(as(role), { status: 'closed' }) !== undefined, isViewer, role);
  }
  assert.match(refusedToClose(as('viewer'), { status: 'open' }) ?? '', /role, viewer/);
});

test('what is done already is refused to everybody', () => {
  assert.match(refusedToClose(as('administrator'), { status: 'closed' }) ?? '', /closed already/);
  assert.match(refusedToReopen(as('administrator'), { status: 'open' }) ?? '', /is open/);
});

test('only an administrator adds clusters', () => {
  const refused = roleNames.filter((role) => refusedToAddCluster(as(role)) !== undefined);
  assert.deepEqual(refused, ['viewer', 'analyst', 'author']);
});
