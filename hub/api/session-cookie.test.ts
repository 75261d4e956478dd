// The session cookie is out of reach of scripts, other sites and, with TLS, of anyone without it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSessionCookie } from './session-cookie.ts';

const request = (cookie: string) => new Request('http://localhost/', { headers: { cookie } });

test('what is set is read back, among others', () => {
  const cookie = createSessionCookie({ isSecure: false });
  const [pair = ''] = cookie.set('s3cret', 60).split(';');
  assert.equal(cookie.read(request(`theme=dark; ${pair}; x=1`)), 's3cret');
  assert.equal(cookie.read(request('yagura_session=')), undefined);
  assert.equal(cookie.read(request('my_yagura_session=x')), undefined);
  assert.equal(cookie.read(new Request('http://localhost/')), undefined);
});

test('its attributes keep it from scripts and other sites, and with TLS from plain HTTP', () => {
  const plain = createSessionCookie({ isSecure: false });
  assert.match(plain.set('s', 60), /Max-Age=60; Path=\/; HttpOnly; SameSite=Strict$/);
  const secure = createSessionCookie({ isSecure: true });
  assert.match(secure.set('s', 60), /^__Host-.*; Secure$/);
  assert.match(secure.clear(), /Max-Age=0/);
});
