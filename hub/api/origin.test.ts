// Which hosts and origins are this hub's own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkHost, checkOrigin, originRules } from './origin.ts';

const request = (headers: Record<string, string>, method = 'POST') =>
  new Request('http://localhost/', { method, headers });
const refused = { code: 'ORIGIN_REFUSED' };

test('on loopback only loopback names and the public one are hosts', () => {
  const rules = originRules({ isLoopback: true, publicUrl: 'https://yagura.example' });
  for (const host of ['localhost:7080', '127.0.0.1', '[::1]:7080', 'LOCALHOST', 'yagura.example'])
    assert.doesNotThrow(() => checkHost(request({ host }), rules), host);
  for (const host of ['evil.example', 'localhost.evil.example:7080', '', '127.0.0.1.evil'])
    assert.throws(() => checkHost(request({ host }), rules), refused, host);
});

test('with TLS on another address the certificate proves the name', () => {
  assert.doesNotThrow(() => checkHost(request({ host: 'any.example' }), originRules({ isLoopback: false })));
});

test('a write comes from a page of this hub', () => {
  const rules = originRules({ isLoopback: true, publicUrl: 'https://yagura.example' });
  const host = 'localhost:7080';
  for (const origin of ['http://localhost:7080', 'https://yagura.example'])
    assert.doesNotThrow(() => checkOrigin(request({ host, origin }), rules, true), origin);
  for (const origin of [
    'http://localhost:9999',
    'http://evil.example',
    'null',
    'https://yagura.example.evil',
  ])
    assert.throws(() => checkOrigin(request({ host, origin }), rules, true), refused, origin);
});

test('without an Origin a cookie is not enough, unless the browser itself says where it comes from', () => {
  const rules = originRules({ isLoopback: true });
  assert.throws(() => checkOrigin(request({}), rules, true), refused);
  assert.doesNotThrow(() => checkOrigin(request({ 'sec-fetch-site': 'same-origin' }), rules, true));
  assert.doesNotThrow(() => checkOrigin(request({}), rules, false));
  assert.doesNotThrow(() => checkOrigin(request({ origin: 'http://evil.example' }, 'GET'), rules, true));
});
