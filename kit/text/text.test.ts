// Hashes are stable, secrets compare by content.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equalSecrets } from './equal-secrets.ts';
import { shortHash } from './short-hash.ts';

test('short hash', () => {
  assert.equal(shortHash('yagura'), shortHash('yagura'));
  assert.match(shortHash('yagura'), /^[0-9a-f]{20}$/);
  assert.notEqual(shortHash('a'), shortHash('b'));
});

test('secrets', () => {
  assert.equal(equalSecrets('abc', 'abc'), true);
  assert.equal(equalSecrets('abc', 'abd'), false);
  assert.equal(equalSecrets('abc', 'abcd'), false);
});
