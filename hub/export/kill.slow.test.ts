// A hub that is killed while it delivers: nothing is lost, and what comes twice carries its key.
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HubReady } from '../app.ts';
import { createAuditSender } from '../testing/audit-sender.ts';

const main = join(import.meta.dirname, '..', 'main.ts');

async function startProcess(data: string): Promise<{ child: ChildProcess; ready: HubReady }> {
  const args = ['--data', data, '--api', '127.0.0.1:0', '--agents', '127.0.0.1:0'];
  const child = fork(main, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  for (;;) {
    const [message] = (await once(child, 'message')) as [HubReady & { type?: string }];
    if (message.type === 'ready') return { child, ready: message };
  }
}

test('kill -9 in the middle of a delivery', { timeout: 180_000 }, async (t) => {
  const data = await mkdtemp(join(tmpdir(), 'yagura-kill-'));
  await chmod(data, 0o755);
  const keys: string[] = [];
  const alerts = new Set<string>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    keys.push(String(request.headers['idempotency-key']));
    alerts.add(JSON.parse(body).alert.entities.pod);
    // The third was taken, but its answer never comes: the hub is killed before.
    if (keys.length !== 3) response.writeHead(200).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  let { child, ready } = await startProcess(data);
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await rm(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  });
  const call = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, ready.apiUrl), {
      ...init,
      headers: { authorization: `Bearer ${ready.adminToken}`, 'content-type': 'application/json' },
    });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const made = await call('/api/v1/exports', {
    method: 'POST',
    body: JSON.stringify({ name: 'hook', type: 'webhook', url }),
  });
  assert.equal(made.status, 200, await made.text());
  const hub = { ready, folder: data, fetch: call, [Symbol.asyncDispose]: async () => undefined };
  const pods = ['db-0', 'web-a', 'cart-b', 'pay-c', 'mail-d'];
  await (await createAuditSender(hub, 'kind'))(pods);
  while (keys.length < 3) await sleep(20);
  child.kill('SIGKILL');
  await once(child, 'exit');
  ({ child, ready } = await startProcess(data));
  while (alerts.size < pods.length) await sleep(20);
  assert.deepEqual([...alerts].sort(), [...pods].sort());
  assert.equal(keys[3], keys[2], 'the one that was under way came again with its key');
  assert.equal(new Set(keys).size, pods.length, 'and no other did');
});
