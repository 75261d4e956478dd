// Extensions against a real hub: what may be wanted, generations, the trail, and tokens for the nodes of one cluster.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Extension, ExtensionReport, TrailEntry } from '@yagura/contracts';
import { enrolAgent } from '../store/agents.ts';
import { askForConnection, forgetConnection } from '../store/connections.ts';
import { exchangeExtensions, findExtension, wantExtension, wantsExtensions } from '../store/extensions.ts';
import { createClusterToken, listRegistrationTokens } from '../store/registration-tokens.ts';
import { startTestHub, type TestHub } from '../testing/start-test-hub.ts';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';

let hub: TestHub;
let fixture: TestDatabase;
before(async () => {
  [hub, fixture] = await Promise.all([startTestHub(), startTestDatabase()]);
  await hub.fetch('/api/v1/clusters/prod/connection', json('POST', {}));
});
after(async () => {
  await hub[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const path = '/api/v1/clusters/prod/extensions/sensor';

async function put(values: unknown, more: object = {}): Promise<Extension> {
  const answer = await hub.fetch(path, json('PUT', { values, ...more }));
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as Extension;
}

async function refusal(values: unknown, more: object = {}): Promise<string> {
  const answer = await hub.fetch(path, json('PUT', { values, ...more }));
  const { error } = (await answer.json()) as { error: { code: string; message: string } };
  return `${answer.status} ${error.code} ${error.message}`;
}

test('values are held against the chart and against what is the hub’s to set', async () => {
  for (const [values, message] of [
    [{ collectr: {} }, /422 EXTENSION_VALUES_REFUSED .*collectr: the chart has no such value/],
    [{ collector: { scope: 'moon' } }, /collector\.scope: must match pattern/],
    [{ collector: { resources: { limits: 5 } } }, /collector\.resources\.limits: must be object/],
    [{ image: { registry: 'evil.example' } }, /image: for the cluster's owner to set/],
    [{ collector: { capabilities: ['SYS_ADMIN'] } }, /collector\.capabilities: for the cluster's owner/],
    [{ hostFolders: { data: '/etc' } }, /hostFolders: for the cluster's owner/],
    [{ registration: { token: 'x' } }, /registration: for the cluster's owner/],
    [{ hub: { url: 'https://evil.example' } }, /hub: for the cluster's owner/],
    [{ updateStrategy: { maxUnavailable: '1\n---\nkind: X' } }, /updateStrategy\.maxUnavailable: must match/],
    [{ tolerations: [{ key: 'x'.repeat(40_000) }] }, /bytes, and 32768 are allowed/],
    [{ nodeSelector: JSON.parse(`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`) }, /nested more than 12 deep/],
  ] as const)
    assert.match(await refusal(values), message);
  assert.match(await refusal({}, { version: '9.9.9' }), /version 9\.9\.9: this hub knows yagura \d/);
  const unknown = await hub.fetch('/api/v1/clusters/prod/extensions/moon', json('PUT', {}));
  assert.equal(unknown.status, 404);
  const nowhere = await hub.fetch('/api/v1/clusters/nowhere/extensions/sensor', json('PUT', {}));
  assert.equal(nowhere.status, 404);
  await hub.fetch('/api/v1/clusters', json('POST', { name: 'audited' }));
  const audited = await hub.fetch('/api/v1/clusters/audited/extensions/sensor', json('PUT', {}));
  assert.match(await audited.text(), /CONFLICT.*yagura connect kubernetes audited --extensions/);
  assert.equal((await hub.fetch(path)).status, 404, 'nothing of it is kept');
});

test('a change makes a generation, the same again does not, and each is in the trail', async () => {
  const first = await put({ collector: { scope: 'node' } });
  assert.deepEqual(
    [first.desired.generation, first.status, first.desired.state],
    [1, 'pending', 'installed'],
  );
  assert.equal((await put({ collector: { scope: 'node' } })).desired.generation, 1);
  assert.equal((await put({ collector: { scope: 'containers' } })).desired.generation, 2);
  const remove = async () => (await (await hub.fetch(path, { method: 'DELETE' })).json()) as Extension;
  assert.deepEqual([(await remove()).desired.generation, (await remove()).desired.state], [3, 'removed']);
  assert.equal((await put({})).desired.generation, 4);
  const { items } = (await (await hub.fetch('/api/v1/trail')).json()) as { items: TrailEntry[] };
  const entries = items.filter(({ target }) => target === 'prod/sensor').reverse();
  assert.deepEqual(
    entries.map(({ action, detail }) => [action, (detail as { generation: number }).generation]),
    [
      ['putExtension', 1],
      ['putExtension', 2],
      ['deleteExtension', 3],
      ['putExtension', 4],
    ],
  );
});

const now = Date.parse('2026-03-01T00:00:00Z');
const want = (cluster: string, scope: string, state: 'installed' | 'removed' = 'installed') =>
  wantExtension(
    fixture.db,
    {
      ...{ cluster, name: 'sensor', now, by: 'test' },
      want: () => ({ chart: 'yagura', version: '0.1.0', values: { collector: { scope } }, state }),
    },
    async () => {},
  );
const report = (
  generation: number,
  status: ExtensionReport['status'],
  message?: string,
): ExtensionReport => ({
  ...{ name: 'sensor', generation, status, at: '2026-03-01T00:00:00.000Z' },
  ...(message === undefined ? {} : { message }),
});

test('reports of an earlier generation, or of one that nobody wanted, change nothing', async () => {
  await askForConnection(fixture.db, { name: 'one', createdBy: 'test', now });
  await want('one', 'node');
  await exchangeExtensions(fixture.db, 'one', [report(1, 'installed')]);
  await want('one', 'containers');
  const status = async () => (await findExtension(fixture.db, 'one', 'sensor'))?.status;
  assert.equal(await status(), 'pending');
  const { desired, reported } = await exchangeExtensions(fixture.db, 'one', [report(7, 'installed')]);
  assert.deepEqual([desired[0]?.generation, reported[0]?.generation, await status()], [2, 1, 'pending']);
  await exchangeExtensions(fixture.db, 'one', [report(2, 'rolled-back', 'it broke')]);
  await exchangeExtensions(fixture.db, 'one', [report(1, 'installed')]);
  const seen = await findExtension(fixture.db, 'one', 'sensor');
  assert.deepEqual([seen?.status, seen?.reported?.message], ['rolled-back', 'it broke']);
  assert.deepEqual((await exchangeExtensions(fixture.db, 'two', [report(1, 'installed')])).desired, []);
});

test('an agent’s tokens register nodes of its cluster alone, two hold at a time, and end with it', async () => {
  await askForConnection(fixture.db, { name: 'own', createdBy: 'test', now });
  await want('own', 'node');
  assert.deepEqual(
    [await wantsExtensions(fixture.db, 'own'), await wantsExtensions(fixture.db, 'x')],
    [true, false],
  );
  const made = [];
  for (let n = 0; n < 3; n++) made.push((await createClusterToken(fixture.db, 'own', now + n)).token);
  let serial = 0;
  const enrol = async (token: string, cluster: string): Promise<string> => {
    const issue = async () => ({ serial: `E${serial++}`, notAfter: new Date(now + 86_400_000) });
    const wish = { token, role: 'node', name: 'n1', cluster, now: now + 10, issue } as const;
    const result = await enrolAgent(fixture.db, wish);
    return 'detail' in result ? `${result.is}: ${result.detail}` : result.is;
  };
  const [oldest = '', middle = '', newest = ''] = made;
  assert.equal(await enrol(oldest, 'own'), 'unknown');
  assert.equal(await enrol(middle, 'own'), 'taken');
  assert.equal(await enrol(newest, 'own'), 'taken');
  assert.equal(await enrol(newest, 'other'), 'for-another: it is for nodes of own alone');
  assert.ok(await forgetConnection(fixture.db, 'own', now));
  assert.equal(await enrol(newest, 'own'), 'unknown');
  const left = await listRegistrationTokens(fixture.db, now);
  assert.ok(!left.some(({ cluster }) => cluster === 'own'));
  assert.equal(await findExtension(fixture.db, 'own', 'sensor'), undefined);
});
