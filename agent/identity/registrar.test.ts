// Registration and renewal against a real HTTPS hub, straight and through a proxy.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '@yagura/kit';
import { startConnectProxy } from '../testing/connect-proxy.ts';
import { createTestHub } from '../testing/test-hub.ts';
import { createRegistrar, type Registrar } from './registrar.ts';

const owner = { workspace: 'w1', name: 'one' };
const { signal } = new AbortController();

test('registration and renewal go through the proxy that is named, and through no other way', async (t) => {
  const hub = await createTestHub();
  t.after(() => hub.stop());
  await using proxy = await startConnectProxy();
  const registrar = (proxyUrl: string): Registrar =>
    createRegistrar({
      ...{ url: hub.url, authority: hub.authority, owner, clock: systemClock, proxy: proxyUrl },
      role: 'node',
      cluster: undefined,
      readToken: () => hub.token,
    });
  const identity = await registrar(proxy.url).register(signal);
  const { certificate: cert, key, authority: ca } = identity;
  await registrar(proxy.url).renew({ url: hub.url, tls: { ca, cert, key, proxy: proxy.url } }, signal);
  assert.deepEqual(new Set(proxy.asked), new Set([new URL(hub.url).host]));
  assert.equal(proxy.asked.length, 2);
  const { url } = proxy;
  await proxy[Symbol.asyncDispose]();
  await assert.rejects(registrar(url).register(signal), { code: 'HUB_UNUSABLE' });
});
