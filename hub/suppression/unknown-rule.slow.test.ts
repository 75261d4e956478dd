// What names a rule or a cluster that a whole hub does not have is refused, and told once its rule is gone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Suppression, SuppressionPreview } from '@yagura/contracts';
import { startTestHub, type TestHub } from '../testing/start-test-hub.ts';

const text =
  '- rule: Mine\n  id: only-in-this-hub\n  desc: x\n  condition: ka.verb=get\n  output: x\n  source: k8s_audit\n  priority: NOTICE\n';

let hub: TestHub;
before(async () => {
  hub = await startTestHub();
});
after(async () => {
  await hub[Symbol.asyncDispose]();
});

interface Answer {
  readonly status: number;
  readonly error?: { readonly message: string };
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T & Answer> {
  const response = await hub.fetch(`/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.text();
  return { ...(answer === '' ? {} : JSON.parse(answer)), status: response.status };
}
const suppress = (rule: string) =>
  call<Suppression>('POST', '/suppressions', {
    ...{ match: { rule, namespace: 'shop' }, owner: 'ann', reason: 'known' },
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  });

test('a suppression for a rule that there is not is refused with those that may be meant', async () => {
  const refused = await suppress('exec-in-pod');
  assert.equal(refused.status, 400);
  assert.match(refused.error?.message ?? '', /match\.rule: no rule .* "exec-in-pod"; near it: exec-into-pod/);
  const preview = await call<SuppressionPreview>('GET', '/suppression-preview?rule=exec-in-pod');
  assert.match(preview.notice ?? '', /near it: exec-into-pod/);
  assert.equal((await suppress('exec-into-pod')).status, 200);
  assert.equal((await suppress('exec-*')).status, 200);
});

test('so is one for a cluster that the hub does not know', async () => {
  const wish = (cluster: string) =>
    call<Suppression>('POST', '/suppressions', {
      ...{ match: { rule: 'exec-into-pod', cluster }, owner: 'ann', reason: 'known' },
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    });
  assert.equal((await call('POST', '/clusters', { name: 'prod-eu' })).status, 200);
  const refused = await wish('prod-e');
  assert.equal(refused.status, 400);
  assert.match(refused.error?.message ?? '', /match\.cluster: no cluster .* "prod-e"; near it: prod-eu/);
  const preview = await call<SuppressionPreview>('GET', '/suppression-preview?cluster=Prod-EU');
  assert.match(preview.notice ?? '', /near it: prod-eu/);
  for (const fit of ['prod-eu', 'prod-*', '*']) assert.equal((await wish(fit)).status, 200, fit);
});

test('a rule of the hub itself counts, and when it goes its suppression says so', async () => {
  assert.equal((await suppress('only-in-this-hub')).status, 400);
  await call('PUT', '/rule-files/mine', { text });
  const { id, status } = await suppress('only-in-this-hub');
  assert.equal(status, 200);
  const listed = async () =>
    (await call<{ items: Suppression[] }>('GET', '/suppressions')).items.find((one) => one.id === id);
  assert.equal((await listed())?.notice, undefined);
  await call('DELETE', '/rule-files/mine');
  assert.match((await listed())?.notice ?? '', /no rule of this hub has the id "only-in-this-hub"/);
  assert.equal((await listed())?.state, 'active');
});

test('a destination that waits for alerts of such a rule is refused', async () => {
  const wish = (rules: string[]) => ({ name: 'some', type: 'file', filter: { rules } });
  const refused = await call('POST', '/exports', wish(['exec-into-pod', 'exec-in-pod']));
  assert.equal(refused.status, 400);
  assert.match(refused.error?.message ?? '', /filter\.rules: .*near it: exec-into-pod/);
  assert.equal((await call('POST', '/exports', wish(['exec-*']))).status, 200);
  assert.equal((await call('GET', '/export-dead-letters?destination=some')).status, 200);
  assert.equal((await call('GET', '/export-dead-letters?destination=som')).status, 404);
});
