// Every endpoint of this port has a route and the other way round, and each asks for what its constant says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Endpoint, hasPermission, permissions, type Role, roleNames } from '@yagura/contracts';
import { realRoutes, testApp } from '../testing/test-app.ts';
import { apiEndpoints } from './api-endpoints.ts';

test('the routes are the endpoints, each once', () => {
  const routed = realRoutes.map(({ endpoint }) => endpoint.id).sort();
  assert.deepEqual(routed, apiEndpoints.map(({ id }) => id).sort());
  assert.equal(new Set(routed).size, routed.length);
});

const host = { host: 'localhost:7080' };

function request({ method, path, body }: Endpoint): Request {
  const url = `http://localhost:7080${path.replaceAll(/\{\w+\}/g, 'some-id')}`;
  return new Request(url, {
    method,
    headers: { ...host, 'content-type': 'application/json' },
    ...(body ? { body: '{}' } : {}),
  });
}

/** What the contracts' table says, worked out here a second time. */
function mayCall(access: string, role: Role | undefined): boolean {
  if (access === 'open') return true;
  if (role === undefined) return false;
  if (access === 'session') return true;
  const permission = permissions.find((name) => name === access);
  return permission !== undefined && hasPermission(role, permission);
}

for (const role of [undefined, ...roleNames]) {
  test(`as ${role ?? 'nobody'}, each endpoint lets in or refuses as its access says`, async () => {
    const { app } = testApp({
      authenticate: async () => (role === undefined ? undefined : { name: 'ann', role, by: 'token' }),
    });
    for (const endpoint of apiEndpoints) {
      const { status } = await app.request(request(endpoint));
      const refusal = role === undefined ? 401 : 403;
      if (mayCall(endpoint.access, role))
        assert.ok(status !== 401 && status !== 403, `${endpoint.id}: ${status}`);
      else assert.equal(status, refusal, endpoint.id);
    }
  });
}

test('an access that this port cannot prove is refused even to an administrator', async () => {
  const endpoint: Endpoint = { id: 'x', method: 'GET', path: '/x', access: 'agent', summary: '' };
  const { app } = testApp({
    routes: [{ endpoint, handle: async () => undefined }],
    authenticate: async () => ({ name: 'ann', role: 'administrator', by: 'token' }),
  });
  assert.equal((await app.request(request(endpoint))).status, 403);
});
