// A real cluster runs pods, services and limits; what is left of it after its end is nothing.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { waitUntil } from '../installation/wait-until.ts';
import { membersOf } from './ground/control-groups.ts';
import { busyboxImage, type KubeObject, startCluster } from './index.ts';
import { partsOf } from './usage.ts';

const pod = (name: string, command: readonly string[], limits = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels: { app: name } },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [
      { name: 'main', image: busyboxImage, imagePullPolicy: 'Never', command, resources: { limits } },
    ],
  },
});

const service: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'default' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
};

test('pods run, reach services and this machine, are limited, and leave nothing', async (t) => {
  const name = `test-node-${process.pid}`;
  const mountsBefore = readFileSync('/proc/self/mountinfo', 'utf8');
  {
    const startedAt = Date.now();
    await using cluster = await startCluster({ name });
    t.diagnostic(`ready after ${Date.now() - startedAt} ms`);
    await cluster.apply([
      pod('web', ['httpd', '-f', '-p', '8080', '-h', '/etc'], { memory: '20Mi' }),
      pod('client', ['sleep', '1000']),
      pod('greedy', ['tail', '-c', '100m', '/dev/zero'], { memory: '20Mi' }),
      service,
    ]);
    await cluster.kubectl(['wait', '--for=condition=Ready', 'pod/web', 'pod/client', '--timeout=60s']);

    const inClient = (...command: readonly string[]): Promise<string> =>
      cluster.kubectl(['exec', 'client', '--', ...command]);
    const address = await cluster.kubectl(['get', 'service', 'web', '-o', 'jsonpath={.spec.clusterIP}']);
    const page = await waitUntil(
      () => inClient('wget', '-qO-', `http://${address}/passwd`),
      (text) => text.includes('root:'),
      { what: 'the service answers', timeoutMs: 30_000 },
    );
    assert.match(page, /^root:x:0/);

    const server = createServer((_, response) => response.end('from outside'));
    server.listen(0, cluster.network.hostAddress);
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    assert.equal(
      await inClient('wget', '-qO-', `http://${cluster.network.hostAddress}:${port}/`),
      'from outside',
    );
    server.close();
    await assert.rejects(inClient('wget', '-qO-', 'http://192.0.2.77/'), /unreachable/);

    await waitUntil(
      () => cluster.kubectl(['get', 'pod', 'greedy', '-o', 'jsonpath={.status.containerStatuses[0]}']),
      (text) => text.includes('OOMKilled'),
      { what: 'the memory limit strikes', timeoutMs: 60_000 },
    );
    const parts = await partsOf(cluster.paths);
    const bytes = parts.reduce((sum, part) => sum + part.memoryBytes, 0);
    assert.ok(bytes > 0 && bytes < 1024 ** 3, `${bytes} bytes`);
    assert.ok(parts.every((part) => part.isRunning));
  }
  assert.deepEqual(await membersOf(name), []);
  assert.equal(existsSync(`/var/lib/yagura-cluster/${name}`), false);
  assert.equal(readFileSync('/proc/self/mountinfo', 'utf8'), mountsBefore);
  for (const tree of await readdir('/sys/fs/cgroup'))
    assert.equal(existsSync(`/sys/fs/cgroup/${tree}/yagura-${name}`), false, tree);
});
