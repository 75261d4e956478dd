// Shell patterns match as `fnmatch` does, and in bounded time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileGlob } from './glob.ts';

const cases: readonly [pattern: string, text: string, fits: boolean][] = [
  ['nginx', 'nginx', true],
  ['nginx', 'nginx2', false],
  ['php-fpm*', 'php-fpm8.3', true],
  ['*sh', 'bash', true],
  ['*sh', 'bash2', false],
  ['/usr/*/bin', '/usr/local/x/bin', true],
  ['a*b*c', 'aXXbYYc', true],
  ['a*b*c', 'aXXcYYb', false],
  ['ab*ba', 'aba', false],
  ['*', '', true],
  ['', '', true],
  ['?at', 'cat', true],
  ['?at', 'at', false],
  ['[a-c]at', 'bat', true],
  ['[!a-c]at', 'bat', false],
  ['[!a-c]at', 'rat', true],
  ['*[0-9]', 'x7', true],
  ['*[0-9]', 'x7y', false],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'aXb', false],
  ['[', '[', true],
  ['*?x*', 'ax', true],
];

for (const [pattern, text, fits] of cases)
  test(`${pattern} ${fits ? 'fits' : 'does not fit'} ${JSON.stringify(text)}`, () => {
    assert.equal(compileGlob(pattern)(text), fits);
  });

test('no pattern makes matching explode', () => {
  const fits = compileGlob('*a?*a?*a?*a?*a?*b');
  const started = performance.now();
  assert.equal(fits('a'.repeat(100_000)), false);
  assert.ok(performance.now() - started < 500);
});
