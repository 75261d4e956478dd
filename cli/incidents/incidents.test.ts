// `yagura incidents` against a real HTTP server: what it asks, what it shows, what it refuses.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import type { AlertSummary, Incident } from '@yagura/contracts';
import { runCli } from '../testing/run-cli.ts';

const alert: AlertSummary = {
  ...{ id: 'a1', rule: 'crypto-miner', ruleVersion: '1', title: 'Miner', severity: 'critical' },
  ...{ source: 'syscall', count: 1, message: 'xmrig\u001b[2J started', status: 'closed' },
  ...{ firstSeenAt: '2026-05-01T10:00:00Z', lastSeenAt: '2026-05-01T10:00:00Z' },
  ...{ raisedAt: '2026-05-01T10:00:01Z', tactics: ['Impact'], techniques: [] },
  ...{ entities: { cluster: 'c', namespace: 'shop', pod: 'web-0' }, closeReason: 'test' },
};
const incident: Incident = {
  ...{ id: 'i1', title: 'Miner and 1 more · pod shop/web-0', status: 'open', severity: 'critical' },
  ...{ score: 54, tactics: ['Execution', 'Impact'], sources: ['syscall'], alerts: 2, owner: 'ann' },
  ...{ firstSeenAt: '2026-05-01T10:00:00Z', lastSeenAt: '2026-05-01T10:05:00Z' },
  openedAt: '2026-05-01T10:05:01Z',
  scoreParts: [{ name: 'tactics', points: 24, limit: 60, why: 'Execution 8, Impact 16' }],
  timeline: [
    {
      ...{ alert, tactic: 'Impact', linkedBy: ['pod shop/web-0'], counts: false },
      ...{ firstSeenAt: alert.firstSeenAt, lastSeenAt: alert.lastSeenAt, joinedAt: alert.raisedAt },
    },
  ],
  entities: [{ kind: 'pod', value: 'shop/web-0', alerts: ['a1', 'a2'], tooCommon: 'seen with many' }],
  comments: [{ id: 1, time: '2026-05-01T11:00:00Z', author: 'ann', text: 'looked' }],
  merged: [],
};

async function hub(t: TestContext) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url} ${await text(request)}`.trim());
    const isList = request.url?.startsWith('/api/v1/incidents?');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(isList ? { items: [incident], total: 3 } : incident));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const env = {
    YAGURA_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    YAGURA_TOKEN: 'token-of-test',
  };
  return { asked, run: (...words: string[]) => runCli(['incidents', ...words], { env }) };
}

test('list asks with its filters, shows a table, and speaks JSON', async (t) => {
  const { asked, run } = await hub(t);
  const shown = await run('list', '--status', 'open', '--min-score', '50', '--limit', '1');
  assert.deepEqual(asked, ['GET /api/v1/incidents?status=open&minScore=50&limit=1']);
  assert.match(shown.stdout, /ID +SCORE[\s\S]*i1 +54 +critical +2 +2 .*ann +Miner and 1 more/);
  assert.match(shown.stderr, /1 of 3; --limit shows more/);
  const lines = (await run('list', '--json')).stdout.trim().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).id),
    ['i1'],
  );
  const refused = await run('list', '--min-score', '101');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /--min-score "101" is not a number from 0 to 100.*OPTION_INVALID/);
});

test('get tells the story, and no alert can speak to the terminal', async (t) => {
  const { run } = await hub(t);
  const { stdout } = await run('get', 'i1');
  assert.match(stdout, /Score 54\n {2}tactics 24 of 60: Execution 8, Impact 16/);
  assert.match(stdout, /Impact +critical {2}crypto-miner {2}c shop\/web-0 .*does not count: test/);
  assert.match(stdout, /pod shop\/web-0: 2 alerts; seen with many/);
  assert.match(stdout, /ann: looked/);
  assert.ok(!stdout.includes('\u001b'));
  assert.deepEqual(JSON.parse((await run('get', 'i1', '--json')).stdout), incident);
});

test('close sends the reason, and takes the alerts along when asked', async (t) => {
  const { asked, run } = await hub(t);
  await run('close', 'i1', '--reason', 'benign');
  const { stdout } = await run('close', 'i1', 'i2', '--reason', 'resolved', '--comment', 'done', '--alerts');
  assert.equal(stdout.split('\n')[0], 'closed i1 (Miner and 1 more · pod shop/web-0)');
  assert.deepEqual(asked, [
    'POST /api/v1/incidents/i1/close {"reason":"benign"}',
    'POST /api/v1/incidents/i1/close {"reason":"resolved","comment":"done","closeAlerts":true}',
    'POST /api/v1/incidents/i2/close {"reason":"resolved","comment":"done","closeAlerts":true}',
  ]);
});

test('reopen, assign and comment do what the buttons of the console do', async (t) => {
  const { asked, run } = await hub(t);
  const { stdout } = await run('reopen', 'i1');
  assert.equal(stdout.split('\n')[0], 'reopened i1 (Miner and 1 more · pod shop/web-0)');
  await run('assign', 'i1', '--to', 'ann');
  await run('comment', 'i1', 'the web shop was broken into');
  assert.deepEqual(asked, [
    'POST /api/v1/incidents/i1/reopen',
    'PUT /api/v1/incidents/i1/owner {"owner":"ann"}',
    'POST /api/v1/incidents/i1/comments {"text":"the web shop was broken into"}',
  ]);
});
