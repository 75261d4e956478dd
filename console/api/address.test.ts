// Addresses of endpoints.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, queryString } from './address.ts';

test('parameters are put in encoded, so that none can change the path', () => {
  assert.equal(address('/api/v1/alerts/{id}/close', { id: '../x?y' }, {}), '/api/v1/alerts/..%2Fx%3Fy/close');
});

test('what is undefined or empty is left out of the query', () => {
  assert.equal(queryString({ a: 'x y', b: undefined, c: '', d: 0 }), '?a=x+y&d=0');
  assert.equal(queryString({}), '');
});
