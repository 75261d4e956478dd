// What can go wrong between a connected cluster and its hub: each has a state and a message that say what to do.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startConnectProxy } from '@yagura/agent/testing';
import type { Cluster } from '@yagura/contracts';
import { type AgentWish, ConnectAgent } from './installation/connect-agent.ts';
import { HubProcess } from './installation/hub-process.ts';
import { waitUntil } from './installation/wait-until.ts';

let hub: HubProcess;
before(async () => {
  // Three seconds without a heartbeat are offline here.
  hub = await HubProcess.start({ args: ['--cluster-offline-minutes', '0.05'] });
});
after(() => hub?.[Symbol.asyncDispose]());

type Made = Omit<AgentWish, 'cluster'>;

const ask = (cluster: string, body: object = {}): Promise<Made> =>
  hub.client.post<Made>(`/api/v1/clusters/${cluster}/connection`, body);

const seen = (cluster: string, isRight: (seen: Cluster['connection']) => boolean, what: string) =>
  waitUntil(async () => (await hub.client.cluster(cluster))?.connection, isRight, {
    what,
    timeoutMs: 30_000,
  });
const connected = (cluster: string) =>
  seen(cluster, (one) => one?.state === 'connected' && one.tunnelOpen, `the connection of ${cluster}`);
const says = (agent: ConnectAgent, text: RegExp) =>
  waitUntil(
    () => agent.log(),
    (log) => text.test(log),
    { what: `${text} in the log`, timeoutMs: 30_000 },
  );

/** The mended text is what a user reads; each refusal names what to do. */
const mend = /Make a new token with/;

test('behind a proxy, and with the private authority of the hub: connected, by no other way', async () => {
  await using proxy = await startConnectProxy();
  const made = await ask('behind-proxy');
  await using agent = await ConnectAgent.start({
    ...made,
    cluster: 'behind-proxy',
    env: { HTTPS_PROXY: proxy.url },
  });
  await connected('behind-proxy');
  assert.deepEqual(new Set(proxy.asked), new Set([new URL(hub.agentsUrl).host]));
  assert.ok(proxy.asked.length >= 3, 'registration, heartbeat and tunnel');
  await proxy[Symbol.asyncDispose]();
  await seen('behind-proxy', (one) => one?.tunnelOpen === false, 'the end of the tunnel');
  await says(agent, /HUB_UNUSABLE|cannot be reached|ECONNREFUSED/);
});

test('an expired token: connecting, and the hub and the agent both say why', async () => {
  const made = await ask('late', { hours: 0.0001 });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await using agent = await ConnectAgent.start({ ...made, cluster: 'late' });
  const one = await seen('late', (each) => each?.problem !== undefined, 'the problem');
  assert.equal(one?.state, 'connecting');
  assert.equal(one?.problem?.code, 'TOKEN_EXPIRED');
  await says(agent, /TOKEN_EXPIRED/);
  assert.match(await agent.log(), mend);
  await agent.setToken((await ask('late')).token);
  const now = await connected('late');
  assert.equal(now?.problem, undefined);
});

test('a token used twice: the second is refused and told, the first goes on', async () => {
  const made = await ask('twice');
  await using first = await ConnectAgent.start({ ...made, cluster: 'twice' });
  const before = await connected('twice');
  await using second = await ConnectAgent.start({ ...made, cluster: 'twice' });
  await says(second, /TOKEN_USED_UP/);
  assert.match(await second.log(), mend);
  const one = await seen('twice', (each) => each?.problem !== undefined, 'the problem');
  assert.equal(one?.problem?.code, 'TOKEN_USED_UP');
  assert.equal(one?.state, 'connected');
  assert.equal(one?.agentId, before?.agentId);
  assert.ok(!/TOKEN_USED_UP/.test(await first.log()));
});

test('a token of another cluster is no use, however fresh', async () => {
  const made = await ask('rightful');
  await using agent = await ConnectAgent.start({ ...made, cluster: 'impostor' });
  await says(agent, /TOKEN_FOR_ANOTHER.*it is for rightful alone/);
  const one = await seen('rightful', (each) => each?.problem !== undefined, 'the problem');
  assert.equal(one?.problem?.code, 'TOKEN_FOR_ANOTHER');
});

test('a revoked certificate: revoked, the tunnel gone, and the agent says so', async () => {
  await using agent = await ConnectAgent.start({ ...(await ask('bad')), cluster: 'bad' });
  await connected('bad');
  await hub.client.post('/api/v1/clusters/bad/revoke', {});
  await seen('bad', (one) => one?.state === 'revoked' && !one.tunnelOpen, 'the revocation');
  await says(agent, /CERTIFICATE_REVOKED/);
});

test('a clock that is an hour off, either way: connected, with a message at the hub', async () => {
  for (const [cluster, ms, words] of [
    ['ahead', 3_600_000, /clock is 60 minutes ahead of the hub's/],
    ['behind', -3_600_000, /clock is 60 minutes behind the hub's/],
  ] as const) {
    const shift = `const now=Date.now;Date.now=()=>now()+${ms}`;
    await using agent = await ConnectAgent.start({
      ...(await ask(cluster)),
      cluster,
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shift)}` },
    });
    await connected(cluster);
    const told = await seen(
      cluster,
      (one) => words.test(one?.components[0]?.message ?? ''),
      `the clock of ${cluster}`,
    );
    assert.equal(told?.components[0]?.healthy, false);
    await says(agent, words);
  }
});

test('without heartbeats: offline; back again without a token', async () => {
  await using agent = await ConnectAgent.start({ ...(await ask('away')), cluster: 'away' });
  const before = await connected('away');
  await agent.kill();
  await seen('away', (one) => one?.state === 'offline' && !one.tunnelOpen, 'offline');
  await agent.setToken('');
  await agent.run();
  const back = await connected('away');
  assert.equal(back?.agentId, before?.agentId);
});

test('neither certificate nor token: it ends and says what it needs', async () => {
  const made = await ask('forgetful');
  await using agent = await ConnectAgent.start({ ...made, token: '', cluster: 'forgetful' });
  await says(agent, /TOKEN_MISSING/);
  assert.match(await agent.log(), /Set YAGURA_REGISTRATION_TOKEN or --token-file/);
});
