// What a request must be before a handler sees it, and what becomes of the handler's answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpoint } from '@yagura/contracts';
import Type from 'typebox';
import { HubError } from '../errors.ts';
import { testApp } from '../testing/test-app.ts';
import type { Principal } from './principal.ts';
import { type Route, route } from './route.ts';

const make = endpoint({
  id: 'makeThing',
  method: 'POST',
  path: '/things/{id}',
  access: 'alerts:write',
  summary: 'Make',
  query: Type.Object({ n: Type.Optional(Type.Integer({ minimum: 1, default: 7 })) }),
  body: Type.Object({
    name: Type.String({ maxLength: 5, pattern: '^[a-z]*$', 'x-must-be': 'lower-case letters' }),
  }),
  response: Type.Object({ echo: Type.Unknown() }),
});
const drop = endpoint({
  id: 'dropThing',
  method: 'DELETE',
  path: '/things/{id}',
  access: 'alerts:write',
  summary: '',
});
const routes: Route[] = [
  route(make, async ({ params, query, body }) => ({ echo: { params, query, body } })),
  route(drop, async ({ params }) => {
    if (params.id === 'none') throw new HubError('NOT_FOUND', 'thing');
    if (params.id === 'bug') throw new Error('secret detail');
    if (params.id === 'down') throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    return undefined;
  }),
];

const ann: Principal = { name: 'ann', role: 'analyst', by: 'token' };
const start = (principal: Principal = ann) => testApp({ routes, authenticate: async () => principal });
const json = { host: 'localhost', 'content-type': 'application/json' };
const post = (
  body: string,
  { path = '/things/a', headers = json }: { path?: string; headers?: Record<string, string> } = {},
) => new Request(`http://localhost${path}`, { method: 'POST', headers, body });
const codeOf = async (response: Response) => {
  const { error } = (await response.json()) as { error: { code: string; message: string; mend: string } };
  assert.ok(error.mend.length > 0);
  return [response.status, error.code];
};

test('parameters, query with defaults, and body reach the handler as their schemas say', async () => {
  const response = await start().app.request(post('{"name":"x"}'));
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.deepEqual(await response.json(), {
    echo: { params: { id: 'a' }, query: { n: 7 }, body: { name: 'x' } },
  });
});

test('a text that does not fit its pattern is refused in words, where the schema has them', async () => {
  const response = await start().app.request(post('{"name":"X"}'));
  assert.match(await response.text(), /name: must be lower-case letters/);
});

const refusals: [string, Request, number, string][] = [
  ['not JSON', post('{'), 400, 'REQUEST_INVALID'],
  ['a field that does not fit', post('{"name":"too long"}'), 400, 'REQUEST_INVALID'],
  ['a missing field', post('{}'), 400, 'REQUEST_INVALID'],
  [
    'another type',
    post('{"name":"x"}', { headers: { host: 'localhost', 'content-type': 'text/plain' } }),
    415,
    'TYPE_UNKNOWN',
  ],
  ['a body over the limit', post(`{"name":"${'x'.repeat(70_000)}"}`), 413, 'BODY_TOO_LARGE'],
  ['a query that does not fit', post('{"name":"x"}', { path: '/things/a?n=0' }), 400, 'REQUEST_INVALID'],
  ['a query that nobody knows', post('{"name":"x"}', { path: '/things/a?m=1' }), 400, 'REQUEST_INVALID'],
  ['a query given twice', post('{"name":"x"}', { path: '/things/a?n=1&n=2' }), 400, 'REQUEST_INVALID'],
  ['U+0000 in the path', post('{"name":"x"}', { path: '/things/a%00' }), 400, 'REQUEST_INVALID'],
  [
    'a foreign Host',
    post('{"name":"x"}', { headers: { ...json, host: 'evil.example' } }),
    403,
    'ORIGIN_REFUSED',
  ],
  [
    'a foreign Origin',
    post('{"name":"x"}', { headers: { ...json, origin: 'https://evil.example' } }),
    403,
    'ORIGIN_REFUSED',
  ],
];
for (const [what, request, status, code] of refusals) {
  test(`refused: ${what}`, async () => {
    const { app, trail } = start();
    assert.deepEqual(await codeOf(await app.request(request)), [status, code]);
    assert.deepEqual(trail, []);
  });
}

test('the message of a refusal names the field', async () => {
  const response = await start().app.request(post('{"name":"too long"}'));
  assert.match(await response.text(), /name: /);
});

test('a write by cookie needs an Origin, one by token does not', async () => {
  const byCookie = start({ ...ann, by: 'cookie' });
  assert.deepEqual(await codeOf(await byCookie.app.request(post('{"name":"x"}'))), [403, 'ORIGIN_REFUSED']);
  const own = post('{"name":"x"}', { headers: { ...json, origin: 'http://localhost' } });
  assert.equal((await byCookie.app.request(own)).status, 200);
});

test('a change is written into the trail, a failed one is not', async () => {
  const { app, trail } = start();
  const remove = (id: string) =>
    app.request(
      new Request(`http://localhost/things/${id}`, { method: 'DELETE', headers: { host: 'localhost' } }),
    );
  assert.equal((await remove('a')).status, 204);
  assert.deepEqual(await codeOf(await remove('none')), [404, 'NOT_FOUND']);
  await app.request(post('{"name":"x"}'));
  assert.deepEqual(
    trail.map(({ actor, action, target, detail }) => [actor, action, target, detail]),
    [
      ['ann', 'dropThing', 'a', undefined],
      ['ann', 'makeThing', 'a', { name: 'x' }],
    ],
  );
});

test('a bug tells the caller nothing of its inside, a database that is away says when to come again', async () => {
  const { app } = start();
  const remove = (id: string) =>
    app.request(
      new Request(`http://localhost/things/${id}`, { method: 'DELETE', headers: { host: 'localhost' } }),
    );
  const bug = await remove('bug');
  assert.equal(bug.status, 500);
  assert.doesNotMatch(await bug.text(), /secret detail/);
  const down = await remove('down');
  assert.equal(down.headers.get('retry-after'), '5');
  assert.deepEqual(await codeOf(down), [503, 'DATABASE_UNAVAILABLE']);
});
