// Connections of clusters in a real PostgreSQL: their states over time, and coming back as the same cluster.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { enrolAgent, findCertificate } from './agents.ts';
import { findCluster } from './clusters.ts';
import { askForConnection, forgetConnection, noteConnectionProblem, revokeCluster } from './connections.ts';
import { recordHeartbeat } from './contacts.ts';
import { createRegistrationToken } from './registration-tokens.ts';

let fixture: TestDatabase;
before(async () => {
  fixture = await startTestDatabase();
});
after(() => fixture[Symbol.asyncDispose]());

const start = Date.parse('2026-03-01T00:00:00Z');
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
let serial = 0;

const ask = (name: string, now: number) => askForConnection(fixture.db, { name, createdBy: 'test', now });

async function enrol(name: string, token: string, now: number, maxAgents = 1000) {
  const issue = async () => ({ serial: `C${serial++}`, notAfter: new Date(now + 30 * dayMs) });
  const wish = { token, role: 'cluster', name, cluster: name, now, maxAgents, issue } as const;
  return enrolAgent(fixture.db, wish);
}

const connectionAt = async (name: string, now: number) =>
  (
    await findCluster(fixture.db, name, {
      now,
      auditSilentAfterMs: 60 * 60_000,
      offlineAfterMs: 15 * minuteMs,
      isTunnelOpen: () => false,
    })
  )?.connection;

const beat = (agentId: string, now: number) =>
  recordHeartbeat(fixture.db, {
    agentId,
    now,
    heartbeat: {
      time: new Date(now).toISOString(),
      components: [],
      losses: [],
      cluster: { kubernetesVersion: 'v1.35.0', roles: ['yagura-reader'] },
    },
  });

test('connecting, connected, offline, expired; then connected again as the same agent', async () => {
  const { token } = await ask('prod', start);
  assert.equal((await connectionAt('prod', start))?.state, 'connecting');
  const first = await enrol('prod', token, start);
  assert.ok(first.is === 'taken');
  assert.equal((await connectionAt('prod', start))?.state, 'connecting');
  await beat(first.agentId, start + 1000);
  const connected = await connectionAt('prod', start + 14 * minuteMs);
  assert.equal(connected?.state, 'connected');
  assert.deepEqual([connected?.kubernetesVersion, connected?.roles], ['v1.35.0', ['yagura-reader']]);
  assert.equal((await connectionAt('prod', start + 16 * minuteMs))?.state, 'offline');
  const later = start + 31 * dayMs;
  assert.equal((await connectionAt('prod', later))?.state, 'expired');
  const again = await enrol('prod', (await ask('prod', later)).token, later);
  assert.ok(again.is === 'taken');
  assert.equal(again.agentId, first.agentId);
  await beat(again.agentId, later + 1000);
  assert.equal((await connectionAt('prod', later + 2000))?.state, 'connected');
});

test('a token is for one cluster, and asking again ends the one before', async () => {
  const before = await ask('one', start);
  const { token } = await ask('one', start);
  assert.deepEqual(await enrol('one', before.token, start), { is: 'unknown' });
  const stranger = await enrol('two', token, start);
  assert.deepEqual([stranger.is, 'name' in stranger && stranger.name], ['for-another', 'one']);
  assert.equal((await enrol('one', token, start)).is, 'taken');
});

test('a problem stands until a try works', async () => {
  const { token } = await ask('odd', start);
  const problem = { at: '2026-03-01T00:00:00.000Z', code: 'TOKEN_EXPIRED', message: 'too late' };
  await noteConnectionProblem(fixture.db, 'odd', problem);
  assert.deepEqual((await connectionAt('odd', start))?.problem, problem);
  await enrol('odd', token, start);
  assert.equal((await connectionAt('odd', start))?.problem, undefined);
});

test('a full workspace takes no new name, costs no token, and lets known names come again', async () => {
  const { token } = await ask('crowd', start);
  assert.deepEqual(await enrol('crowd', token, start, 0), { is: 'full' });
  assert.equal((await enrol('crowd', token, start)).is, 'taken');
  assert.equal((await enrol('crowd', (await ask('crowd', start)).token, start, 0)).is, 'taken');
});

test('revoked: agent, nodes and audit credential; forgotten: only the history stays', async () => {
  const { token } = await ask('bad', start);
  const enrolled = await enrol('bad', token, start);
  assert.ok(enrolled.is === 'taken');
  assert.ok(await revokeCluster(fixture.db, 'bad', start));
  assert.equal((await connectionAt('bad', start))?.state, 'revoked');
  assert.equal((await findCertificate(fixture.db, enrolled.certificate.serial))?.isRevoked, true);
  assert.ok(await forgetConnection(fixture.db, 'bad', start));
  assert.equal(await connectionAt('bad', start), undefined);
  assert.equal(await findCertificate(fixture.db, enrolled.certificate.serial), undefined);
  assert.ok(!(await forgetConnection(fixture.db, 'bad', start)));
  assert.ok(!(await revokeCluster(fixture.db, 'nowhere', start)));
});

test('who was revoked does not come back by a token from before, and by a new one it does', async () => {
  const shared = await createRegistrationToken(fixture.db, {
    role: 'cluster',
    uses: 5,
    createdBy: 'test',
    now: start,
  });
  assert.equal((await enrol('sly', shared.token, start)).is, 'taken');
  assert.ok(await revokeCluster(fixture.db, 'sly', start + 1000));
  assert.deepEqual(await enrol('sly', shared.token, start + 2000), { is: 'revoked' });
  assert.equal((await enrol('other', shared.token, start + 2000)).is, 'taken');
  assert.equal((await enrol('sly', (await ask('sly', start + 3000)).token, start + 4000)).is, 'taken');
});
