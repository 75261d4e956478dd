// Parameters of a request's address are read as the API server reads them: what it overlooks excuses nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expandEvent } from '../proof/compact-event.ts';
import { findField } from './catalogue.ts';

function dryRunOf(uri: string): unknown {
  const expanded = expandEvent({ audit: { verb: 'create', resource: 'pods', uri } }, 0);
  assert.ok(expanded.ok);
  return findField('ka.uri.param')?.bind('dryRun')(expanded.event);
}

test('a parameter is decoded', () => {
  assert.equal(dryRunOf('/x?a=1&dryRun=All'), 'All');
  assert.equal(dryRunOf('/x?dry%52un=A%6cl'), 'All');
  assert.equal(dryRunOf('/x?a=%zz&dryRun=All'), 'All');
  assert.equal(dryRunOf('/x?dryRun=%ff'), '\ufffd');
});

test('what the API server does not take for a parameter is none', () => {
  for (const uri of [
    '/x?dryRun=%zz',
    '/x?dryRun=All%',
    '/x?dryRun=All;',
    '/x?a;dryRun=All',
    '/x??dryRun=All',
  ])
    assert.equal(dryRunOf(uri), undefined, uri);
});
