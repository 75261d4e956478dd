// Addresses inside the console, and return paths that came from outside.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insideOnly, parseSearch, stringifySearch, urls } from './urls.ts';

test('ids are encoded, whatever is in them', () => {
  assert.equal(urls.alert('a/b?c#d'), '/alerts/a%2Fb%3Fc%23d');
  assert.equal(urls.technique('T1059.004'), 'https://attack.mitre.org/techniques/T1059/004/');
});

test('only a place inside the console is a return path', () => {
  assert.equal(insideOnly('/alerts?severity=high'), '/alerts?severity=high');
  const outside = [
    '//example.com',
    '/\\example.com',
    'https://example.com',
    'javascript:alert(1)',
    'alerts',
    '',
    7,
  ];
  for (const path of [...outside, undefined, '/', '/sign-in?code=x'])
    assert.equal(insideOnly(path), undefined);
  assert.equal(urls.signIn('//example.com'), '/sign-in');
  assert.equal(urls.signIn('/nodes'), '/sign-in?returnTo=%2Fnodes');
});

test('a query is plain text, there and back', () => {
  const search = { namespace: 'a b', node: '12', since: '24h' };
  assert.equal(stringifySearch(search), '?namespace=a+b&node=12&since=24h');
  assert.deepEqual(parseSearch('?namespace=a+b&node=12&since=24h'), search);
  assert.equal(stringifySearch({ gone: undefined, empty: '' }), '');
});
