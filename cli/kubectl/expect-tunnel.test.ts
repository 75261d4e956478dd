// What is said of a cluster that cannot be reached.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cluster } from '@yagura/contracts';
import { expectTunnel, problemOf } from './expect-tunnel.ts';

const cluster = (name: string, connection?: Partial<Cluster['connection']>): Cluster =>
  ({ name, connection }) as Cluster;

test('a cluster with an open tunnel is reached, and of any other it is said why not', () => {
  const clusters = [
    cluster('prod', { state: 'connected', tunnelOpen: true }),
    cluster('shop', {
      state: 'connecting',
      tunnelOpen: false,
      problem: { at: '', code: 'TOKEN_EXPIRED', message: 'The token has expired.' },
    }),
    cluster('logs-only'),
  ];
  assert.equal(problemOf(clusters, 'prod'), undefined);
  assert.match(problemOf(clusters, 'shop') ?? '', /state is connecting: The token has expired/);
  assert.match(problemOf(clusters, 'logs-only') ?? '', /not among the connected clusters: prod, shop$/);
  assert.match(problemOf([], 'prod') ?? '', /there is none/);
});

test('a role that the owner did not grant is refused with those that are', async () => {
  const items = [
    cluster('prod', { state: 'connected', tunnelOpen: true, roles: ['yagura-reader', 'yagura-restart'] }),
  ];
  const client = { call: async () => ({ items }) } as unknown as Parameters<typeof expectTunnel>[0];
  await expectTunnel(client, { cluster: 'prod' });
  await expectTunnel(client, { cluster: 'prod', role: 'yagura-restart' });
  await assert.rejects(expectTunnel(client, { cluster: 'prod', role: 'cluster-admin' }), {
    code: 'OPTION_INVALID',
    mend: /^Granted are yagura-reader, yagura-restart/,
  });
});
