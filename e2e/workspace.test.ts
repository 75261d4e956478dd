// The workspace by its command line against a real hub: tokens, limits, retention, revocation.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ConnectAgent } from './installation/connect-agent.ts';
import { HubProcess } from './installation/hub-process.ts';
import { waitUntil } from './installation/wait-until.ts';

const yagura = fileURLToPath(new URL('../yagura', import.meta.url));
let hub: HubProcess;
before(async () => {
  hub = await HubProcess.start({ args: ['--max-agents', '1', '--trail-days', '100'] });
});
after(() => hub?.[Symbol.asyncDispose]());

function cli(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, YAGURA_URL: hub.apiUrl, YAGURA_TOKEN: hub.token };
  return new Promise((resolve, reject) =>
    execFile(yagura, args, { env, timeout: 60_000 }, (error, stdout, stderr) =>
      error === null ? resolve(stdout) : reject(new Error(stderr)),
    ),
  );
}

interface Shown {
  readonly id: string;
  readonly agentsUrl: string;
  readonly authority: string;
  readonly agents: number;
  readonly retention: object;
}
const show = async (): Promise<Shown> => JSON.parse(await cli('workspace', 'show', '--json')) as Shown;

test('tokens are made, listed, taken back one by one and all together', async () => {
  const created = await cli('workspace', 'create');
  assert.match(created, /^workspace {3}w-[0-9a-f]{12}$/m);
  assert.match(created, /^token {7}\S+\.\S+$/m);
  const made = JSON.parse(
    await cli('workspace', 'token', '--role', 'cluster', '--name', 'edge', '--uses', '3', '--json'),
  ) as { id: string };
  const listed = await cli('workspace', 'tokens');
  assert.match(listed, new RegExp(`^${made.id} +cluster +edge +3 `, 'm'));
  await cli('workspace', 'tokens', '--end', made.id);
  assert.doesNotMatch(await cli('workspace', 'tokens'), new RegExp(made.id));
  await assert.rejects(cli('workspace', 'tokens', '--end', made.id), /NOT_FOUND/);
  assert.match(await cli('workspace', 'rotate'), /^\d+ registration tokens? ended$/m);
  assert.equal(await cli('workspace', 'tokens', '--json'), '');
});

test('retention is set for each kind, before the flags of the hub, and shown', async () => {
  const before = { closedAlertDays: 90, occurrenceDays: 30, trailDays: 100 };
  assert.deepEqual((await show()).retention, before);
  await cli('workspace', 'retention', '--closed-alerts', '7');
  await cli('workspace', 'retention', '--occurrences', '2.5');
  assert.deepEqual((await show()).retention, { ...before, closedAlertDays: 7, occurrenceDays: 2.5 });
  await assert.rejects(cli('workspace', 'retention', '--trail', '0'), /no number of days above 0/);
});

test('a full workspace takes no other cluster; what is registered is listed and revoked', async () => {
  const { id: workspace, agentsUrl, authority } = await show();
  const token = (await cli('workspace', 'token', '--role', 'cluster', '--uses', '2')).trim();
  const wish = { hub: agentsUrl, authority, workspace, token };
  await using first = await ConnectAgent.start({ ...wish, cluster: 'first' });
  const state = async (): Promise<string> => {
    const line = (await cli('clusters', 'list')).split('\n').find((each) => each.startsWith('first'));
    return line ?? '';
  };
  await waitUntil(state, (line) => /connected/.test(line), { what: 'the first cluster', timeoutMs: 20_000 });
  await using second = await ConnectAgent.start({ ...wish, cluster: 'second' });
  await waitUntil(
    () => second.log(),
    (log) => /WORKSPACE_FULL.*--max-agents/.test(log),
    {
      what: 'the refusal of the second',
      timeoutMs: 20_000,
    },
  );
  assert.equal((await show()).agents, 1);
  await cli('clusters', 'revoke', 'first');
  // The token is good once more, but it is older than the revocation.
  await waitUntil(
    () => first.log(),
    (log) => /AGENT_REVOKED/.test(log),
    {
      what: 'the refusal of the first',
      timeoutMs: 30_000,
    },
  );
  assert.match(await state(), /revoked/);
});
