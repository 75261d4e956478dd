// A whole hub over HTTP, as console, CLI and curl see it.
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type {
  Alert,
  AlertPage,
  ApiToken,
  Endpoint,
  Incident,
  IncidentPage,
  Session,
  TrailEntry,
} from '@yagura/contracts';
import Value from 'typebox/value';
import { apiEndpoints } from './api/api-endpoints.ts';
import {
  connectAudit,
  eventsDeleted,
  execEvent,
  type SendAudit,
  type SendExecs,
} from './testing/audit-sender.ts';
import { startTestHub, type TestHub } from './testing/start-test-hub.ts';

let hub: TestHub;
let sendExecs: SendExecs;
let send: SendAudit;
before(async () => {
  hub = await startTestHub();
  send = await connectAudit(hub, 'kind');
  sendExecs = (pods) => send(pods.map(execEvent));
  await sendExecs(['web-1', 'web-2', 'db-0']);
  await untilAlerts(3);
});
after(() => hub[Symbol.asyncDispose]());

const json = async <T>(path: string, init?: RequestInit): Promise<T> => {
  const response = await hub.fetch(path, init);
  assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`);
  return (await response.json()) as T;
};
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  hub.fetch(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
const put = (path: string, body: unknown) =>
  hub.fetch(path, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
const list = (query = '') => json<AlertPage>(`/api/v1/alerts${query}`);

async function untilAlerts(count: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const response = await hub.fetch('/api/v1/alerts');
    if (response.ok && ((await response.json()) as AlertPage).total >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail('no alerts');
}

/** Without a token; fetch would not send a cookie or a Host of our choosing. */
function raw(
  method: string,
  path: string,
  { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<{
    status: number;
    headers: Record<string, string | string[] | undefined>;
    text: string;
  }>((resolve, reject) => {
    const sent = request(new URL(path, hub.ready.apiUrl), { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on('error', reject).end(body);
  });
}
const signIn = (secret: string) =>
  raw('POST', '/api/v1/session', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  });
const cookieOf = ({ headers }: Awaited<ReturnType<typeof raw>>) =>
  String(headers['set-cookie']).split(';')[0] ?? '';

test('audit events that a cluster sends become alerts, filtered and paged', async () => {
  const all = await list();
  assert.equal(all.total, 3);
  assert.ok(all.items.every(({ entities }) => entities.cluster === 'kind'));
  const first = await list('?limit=2');
  assert.equal(first.items.length, 2);
  const second = await list(`?limit=2&cursor=${first.next}`);
  assert.deepEqual(
    [...first.items, ...second.items].map(({ id }) => id),
    all.items.map(({ id }) => id),
  );
  assert.equal(second.next, undefined);
  assert.equal((await list('?cluster=other')).total, 0);
  assert.equal((await list(`?rule=${all.items[0]?.rule}&status=open&namespace=shop`)).total, 3);
  assert.equal((await list('?since=2000-01-01T00:00:00Z&until=2001-01-01T00:00:00Z')).total, 0);
  assert.equal((await hub.fetch('/api/v1/alerts?since=yesterday')).status, 400);
  assert.equal((await hub.fetch('/api/v1/alerts?severity=bad')).status, 400);
});

test('alerts of one identity become an incident, which people take, comment and close', async () => {
  assert.equal((await json<IncidentPage>('/api/v1/incidents')).total, 0, 'one rule alone tells no story');
  await send([eventsDeleted()]);
  await untilAlerts(4);
  const [found, ...others] = (await json<IncidentPage>('/api/v1/incidents?status=open&cluster=kind')).items;
  assert.equal(others.length, 0);
  assert.deepEqual([found?.alerts, found?.tactics], [4, ['Execution', 'Defense Evasion']]);
  const path = `/api/v1/incidents/${found?.id}`;
  const { timeline } = await json<Incident>(path);
  const ofAlert = await json<IncidentPage>(`/api/v1/incidents?alert=${timeline[0]?.alert.id}`);
  assert.equal(ofAlert.items[0]?.id, found?.id);
  assert.equal((await json<IncidentPage>('/api/v1/incidents?minScore=100')).total, 0);
  const owner = await hub.fetch(`${path}/owner`, {
    ...{ method: 'PUT', body: '{"owner":"ann"}', headers: { 'content-type': 'application/json' } },
  });
  assert.equal(owner.status, 200);
  assert.equal((await post(`${path}/comments`, { text: 'asked Alice' })).status, 200);
  assert.equal((await post(`${path}/close`, { reason: 'benign' })).status, 200);
  const closed = await json<Incident>(path);
  assert.deepEqual(
    [closed.status, closed.owner, closed.comments[0]?.text, closed.closedBy],
    ['closed', 'ann', 'asked Alice', 'token:local CLI'],
  );
  assert.equal((await post(`${path}/reopen`, {})).status, 200);
  assert.equal((await post('/api/v1/incidents/none/close', { reason: 'benign' })).status, 404);
});

const ownRule = `- rule: own
  source: k8s_audit
  condition: ka.verb = connect
  output: own
  priority: INFO
`;

test('every GET answers what its schema says', async () => {
  const id = (await list()).items[0]?.id ?? '';
  const rule = (await list()).items[0]?.rule ?? '';
  const incident = (await json<IncidentPage>('/api/v1/incidents')).items[0]?.id;
  const saved = [
    await put('/api/v1/rule-files/own', { text: ownRule, comment: 'for the test' }),
    await post('/api/v1/clusters/own/connection', {}),
    await put('/api/v1/clusters/own/extensions/sensor', {}),
  ];
  for (const answer of saved) assert.ok(answer.ok, await answer.text());
  const endpoints: readonly Endpoint[] = apiEndpoints.filter(
    ({ method, response }) => method === 'GET' && response,
  );
  for (const { path, response } of endpoints) {
    const ids = path
      .replace('/rules/{id}', `/rules/${rule}`)
      .replace('/incidents/{id}', `/incidents/${incident}`)
      .replace('{name}', 'own')
      .replace('{extension}', 'sensor');
    const body = await json(ids.replace('{id}', id));
    assert.ok(
      response && Value.Check(response, body),
      `${path}: ${JSON.stringify(response && Value.Errors(response, body)[0])}`,
    );
  }
});

test('an alert is closed with a reason and opened again, and the trail says who did', async () => {
  const id = (await list()).items[0]?.id ?? '';
  const closed = (await (
    await post(`/api/v1/alerts/${id}/close`, { reason: 'benign', comment: 'drill' })
  ).json()) as Alert;
  assert.deepEqual(
    [closed.status, closed.closeReason, closed.closedBy],
    ['closed', 'benign', 'token:local CLI'],
  );
  assert.equal((await list('?status=closed')).total, 1);
  assert.equal((await hub.fetch(`/api/v1/alerts/${id}/reopen`, { method: 'POST' })).status, 200);
  const { items } = await json<{ items: TrailEntry[] }>('/api/v1/trail?limit=2');
  assert.deepEqual(
    items.map(({ actor, action, target }) => [actor, action, target]),
    [
      ['token:local CLI', 'reopenAlert', id],
      ['token:local CLI', 'closeAlert', id],
    ],
  );
  assert.equal((await post('/api/v1/alerts/none/close', { reason: 'benign' })).status, 404);
});

test('the sign-in link works once, its cookie signs in and out', async () => {
  const code = new URL(hub.ready.signInUrl).searchParams.get('code') ?? '';
  const opened = await signIn(code);
  assert.equal(opened.status, 200);
  assert.match(String(opened.headers['set-cookie']), /HttpOnly; SameSite=Strict/);
  assert.equal((await signIn(code)).status, 401);
  const headers = { cookie: cookieOf(opened) };
  const session = JSON.parse((await raw('GET', '/api/v1/session', { headers })).text) as Session;
  assert.equal(session.role, 'administrator');
  assert.equal((await raw('DELETE', '/api/v1/session', { headers })).status, 403);
  const origin = hub.ready.apiUrl;
  assert.equal((await raw('DELETE', '/api/v1/session', { headers: { ...headers, origin } })).status, 204);
  assert.equal((await raw('GET', '/api/v1/session', { headers })).status, 401);
});

test('a new link can be made, and two who open it at once are not both let in', async () => {
  const { url } = (await (await hub.fetch('/api/v1/sign-in-links', { method: 'POST' })).json()) as {
    url: string;
  };
  const code = new URL(url).searchParams.get('code') ?? '';
  const answers = await Promise.all([signIn(code), signIn(code), signIn(code)]);
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});

test('a token holds what its role holds until it is taken back, and so does a session opened with it', async () => {
  const made = (await (await post('/api/v1/tokens', { name: 'ci', role: 'viewer' })).json()) as ApiToken & {
    secret: string;
  };
  assert.match(made.secret, /^ygr_[0-9a-f]{12}_/);
  const authorization = `Bearer ${made.secret}`;
  assert.equal((await hub.fetch('/api/v1/alerts', { headers: { authorization } })).status, 200);
  assert.equal((await hub.fetch('/api/v1/tokens', { headers: { authorization } })).status, 403);
  const session = await signIn(made.secret);
  assert.equal(session.status, 200);
  const { items } = await json<{ items: ApiToken[] }>('/api/v1/tokens');
  assert.ok(items.find(({ id }) => id === made.id)?.lastUsedAt);
  assert.doesNotMatch(JSON.stringify(items), new RegExp(made.secret.slice(17)));
  assert.equal((await hub.fetch(`/api/v1/tokens/${made.id}`, { method: 'DELETE' })).status, 204);
  assert.equal((await hub.fetch('/api/v1/alerts', { headers: { authorization } })).status, 401);
  assert.equal((await raw('GET', '/api/v1/session', { headers: { cookie: cookieOf(session) } })).status, 401);
});

test('a stream tells of new alerts, and goes on where it was cut', async () => {
  const stream = await hub.fetch('/api/v1/alert-stream');
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  assert.ok(reader);
  let text = (await reader.read()).value ?? '';
  const startId = /id: (\d+)/.exec(text)?.[1] ?? '';
  await sendExecs(['late-1']);
  while (!/event: alert/.test(text)) text += (await reader.read()).value ?? '';
  while (!/event: incident/.test(text)) text += (await reader.read()).value ?? '';
  assert.match(text, /late-1/);
  await reader.cancel();
  const again = await hub.fetch('/api/v1/alert-stream', { headers: { 'last-event-id': startId } });
  const missed = again.body?.pipeThrough(new TextDecoderStream()).getReader();
  let replay = '';
  while (!/late-1/.test(replay)) replay += (await missed?.read())?.value ?? '';
  await missed?.cancel();
});

test('a cluster gets the configuration of its audit webhook', async () => {
  const made = (await (
    await post('/api/v1/clusters', { name: 'prod', server: 'https://hub.example:7443' })
  ).json()) as { kubeconfig: string };
  assert.match(made.kubeconfig, /server: "https:\/\/hub.example:7443\/v1\/audit\/prod"/);
  const bad = { name: 'prod', server: 'http://hub.example' };
  assert.equal((await post('/api/v1/clusters', bad)).status, 400);
});

test('pages and API carry headers that bind a browser; a foreign name is refused', async () => {
  const page = await raw('GET', '/');
  assert.match(String(page.headers['content-security-policy']), /script-src 'self'/);
  assert.doesNotMatch(String(page.headers['content-security-policy']), /script-src[^;]*unsafe/);
  const api = await raw('GET', '/api/v1/nothing');
  assert.equal(api.status, 404);
  assert.equal(api.headers['x-content-type-options'], 'nosniff');
  for (const path of ['/', '/api/v1/session', '/healthz'])
    assert.equal((await raw('GET', path, { headers: { host: 'rebound.example' } })).status, 403, path);
});

test('wrong secrets are slowed down, right ones are not', async () => {
  const statuses: number[] = [];
  for (let tries = 0; tries < 12; tries += 1) statuses.push((await signIn(`wrong-code-${tries}`)).status);
  assert.equal(statuses.at(0), 401);
  assert.equal(statuses.at(-1), 429);
  assert.equal((await signIn(hub.ready.adminToken)).status, 200);
});

test('health is open, metrics are not', async () => {
  assert.deepEqual(JSON.parse((await raw('GET', '/healthz')).text), { healthy: true, failing: [] });
  assert.equal((await raw('GET', '/metrics')).status, 401);
  const metrics = await (await hub.fetch('/metrics')).text();
  assert.match(metrics, /yagura_hub_api_requests_total\{endpoint="listAlerts",status="200"\} \d+/);
});

test('PostgreSQL killed under load: the hub says so, comes back, and counts each alert once', async () => {
  const [pid] = (await readFile(join(hub.folder, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n');
  const before = (await list()).total;
  process.kill(Number(pid), 'SIGKILL');
  await sendExecs(['after-1', 'after-2']).catch(() => sendExecs(['after-1', 'after-2']));
  for (let tries = 0; tries < 200 && !(await hub.fetch('/healthz')).ok; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await untilAlerts(before + 2);
  const { items, total } = await list();
  assert.equal(total, before + 2);
  assert.equal(new Set(items.map(({ id }) => id)).size, total);
  assert.match(await (await hub.fetch('/metrics')).text(), /yagura_hub_postgres_restarts_total 1/);
});

test('the CLI finds address and token in a file of its own', async () => {
  const path = join(hub.folder, 'run', 'cli.json');
  assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), {
    url: hub.ready.apiUrl,
    token: hub.ready.adminToken,
  });
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test('a second hub does not take the same folder, and an open address needs TLS', async () => {
  await assert.rejects(startTestHub({ flags: { data: hub.folder } }), { code: 'QUEUE_IN_USE' });
  await assert.rejects(startTestHub({ flags: { api: '0.0.0.0:0' } }), { code: 'ADDRESS_NEEDS_TLS' });
});
