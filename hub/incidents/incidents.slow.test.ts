// Incidents in a real PostgreSQL: opened once, replayed without effect, merged, rescored, judged, and gone at the end.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { AlertDraft } from '@yagura/contracts';
import { defaultIncidentSettings } from '@yagura/detection';
import { createLogger, createMetrics, systemClock } from '@yagura/kit';
import { sql } from 'kysely';
import { closeAlert } from '../store/alert-status.ts';
import { getIncident } from '../store/incident-detail.ts';
import { listIncidents } from '../store/incident-list.ts';
import { commentIncident, reopenIncident } from '../store/incident-status.ts';
import { defaultRetention, removeOld } from '../store/retention.ts';
import { createSuppression } from '../store/suppressions.ts';
import { draft } from '../testing/draft.ts';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { closeIncident, judgeAlert } from './judge.ts';
import { createRecorder } from './recorder.ts';

let fixture: TestDatabase;
before(async () => {
  fixture = await startTestDatabase();
});
after(() => fixture[Symbol.asyncDispose]());
beforeEach(() =>
  sql`TRUNCATE alerts, alert_occurrences, alert_sightings, hub_entities, incidents, suppressions CASCADE`.execute(
    fixture.db,
  ),
);

const recorder = () =>
  createRecorder({
    db: fixture.db,
    settings: defaultIncidentSettings,
    clock: systemClock,
    log: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
  });

const pod = (name: string) => ({ cluster: 'c', namespace: 'shop', pod: `${name}-0`, workload: name });
const fired = (id: string, minute: number, over: Partial<AlertDraft> = {}) => {
  const time = `2026-01-02T03:${String(minute).padStart(2, '0')}:00.000Z`;
  const times = { firstSeenAt: time, lastSeenAt: time };
  const alert = draft({
    ...{ id, rule: id, title: id, source: 'syscall', entities: pod('web'), ...times },
    ...over,
  });
  return { alert, eventId: `${id} ${minute}` };
};
const shell = fired('shell', 1, { severity: 'high', tactics: ['Execution'] });
const miner = fired('miner', 2, { severity: 'critical', tactics: ['Impact'] });
const exec = fired('exec', 3, {
  ...{ source: 'k8s_audit', severity: 'medium', tactics: ['Execution', 'Lateral Movement'] },
  entities: { ...pod('web'), user: 'alice' },
});
const all = () => listIncidents(fixture.db, {});
const only = async () => {
  const { items, total } = await all();
  assert.equal(total, 1);
  return (await getIncident(fixture.db, items[0]?.id ?? '')) ?? assert.fail();
};

test('alerts become an incident along the kill chain, explained; a replay and a repeat change neither score nor size', async () => {
  const { record, takeIncidents } = recorder();
  await record([shell]);
  assert.deepEqual(takeIncidents(), []);
  await record([exec, miner]);
  const [opened] = takeIncidents();
  assert.equal(opened?.incident.alerts, 3);
  const incident = await only();
  assert.deepEqual(incident.tactics, ['Execution', 'Lateral Movement', 'Impact']);
  assert.deepEqual(
    incident.timeline.map(({ alert, tactic }) => [alert.id, tactic]),
    [
      ['shell', 'Execution'],
      ['exec', 'Execution'],
      ['miner', 'Impact'],
    ],
  );
  assert.equal(incident.title, 'miner and 2 more · pod shop/web-0');
  assert.equal(incident.severity, 'critical');
  assert.deepEqual(incident.sources, ['k8s_audit', 'syscall']);
  assert.equal(
    incident.scoreParts.reduce((sum, { points }) => sum + points, 0),
    incident.score,
  );
  assert.deepEqual(incident.timeline[2]?.linkedBy.sort(), ['pod shop/web-0', 'workload shop/web']);
  assert.deepEqual(incident.entities[0]?.alerts.sort(), ['exec', 'miner', 'shell']);

  await record([miner, exec, shell]);
  assert.deepEqual(takeIncidents(), [], 'a replay is silent');
  await record([fired('shell', 30)]);
  const [prolonged] = takeIncidents();
  assert.equal(prolonged?.incident.lastSeenAt, '2026-01-02T03:30:00Z');
  assert.ok((prolonged?.change ?? 0) > (opened?.change ?? 0));
  const later = await only();
  assert.deepEqual([later.score, later.alerts], [incident.score, 3]);
});

test('recorders at once open one incident, and each alert is in it once', async () => {
  const ids = Array.from({ length: 12 }, (_, n) => `a${n}`);
  await Promise.all(ids.map((id, n) => recorder().record([fired(id, n), fired(ids[n - 1] ?? id, n)])));
  const incident = await only();
  assert.deepEqual(incident.timeline.map(({ alert }) => alert.id).sort(), ids.sort());
});

test('an alert of two incidents merges them: the older keeps its id, comments come along, a pointer stays', async () => {
  const { record, takeIncidents } = recorder();
  const other = { entities: pod('db') };
  await record([shell, miner]);
  const older = (await all()).items[0]?.id ?? '';
  await record([fired('dump', 4, other), fired('upload', 5, other)]);
  const younger = (await all()).items.find(({ id }) => id !== older)?.id ?? '';
  await commentIncident(fixture.db, younger, { author: 'ann', text: 'looked at it' });
  takeIncidents();
  const both = { entities: { ...pod('web'), workload: 'db' }, source: 'syscall' } as const;
  await record([fired('bridge', 6, both)]);
  assert.deepEqual(
    takeIncidents()
      .map(({ incident }) => [incident.id, incident.status])
      .sort(),
    [
      [older, 'open'],
      [younger, 'merged'],
    ].sort(),
  );
  const incident = await only();
  assert.equal(incident.id, older);
  assert.equal(incident.alerts, 5);
  assert.deepEqual(incident.merged, [younger]);
  assert.equal(incident.comments[0]?.text, 'looked at it');
  assert.equal((await getIncident(fixture.db, younger))?.mergedInto, older);
  assert.equal(await commentIncident(fixture.db, younger, { author: 'ann', text: 'too late' }), undefined);
});

test('a false positive leaves the score and comes back when it is opened again', async () => {
  const { db } = fixture;
  await recorder().record([shell, miner]);
  const { score } = await only();
  const judged = await judgeAlert(db, (inside) =>
    closeAlert(inside, 'miner', { reason: 'false-positive', by: 'ann' }),
  );
  assert.equal(judged?.incidents.length, 1);
  const without = await only();
  assert.ok(without.score < score);
  assert.deepEqual([without.severity, without.alerts], ['high', 2]);
  assert.deepEqual(
    without.timeline.map(({ alert, counts }) => [alert.id, counts]),
    [
      ['shell', true],
      ['miner', false],
    ],
  );
  await recorder().record([fired('miner', 40)]);
  assert.equal((await only()).lastSeenAt, '2026-01-02T03:02:00Z', 'what was judged moves nothing');
});

test('a suppressed alert opens and joins nothing, and one that is suppressed later leaves the score', async () => {
  const { db } = fixture;
  const { record } = recorder();
  const suppress = (rule: string) =>
    createSuppression(db, {
      ...{ match: { rule }, owner: 'ann', reason: 'drill', createdBy: 'ann' },
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    });
  await suppress('shell');
  await record([shell]);
  await record([miner]);
  assert.equal((await all()).total, 0);
  await record([exec]);
  const { score, alerts } = await only();
  assert.equal(alerts, 2);
  await suppress('miner');
  await record([fired('miner', 10)]);
  const { timeline, ...later } = await only();
  assert.ok(later.score < score);
  assert.equal(timeline.find(({ alert }) => alert.id === 'miner')?.counts, false);
});

test('closing takes the alerts along; resolved comes back with new activity, judged does not', async () => {
  const { db } = fixture;
  const { record } = recorder();
  await record([shell, miner]);
  const { id } = await only();
  await closeIncident(db, id, { reason: 'resolved', comment: 'cleaned', by: 'ann', closeAlerts: true });
  assert.deepEqual(
    (await only()).timeline.map(({ alert }) => [alert.status, alert.closeComment]),
    [
      ['closed', 'cleaned'],
      ['closed', 'cleaned'],
    ],
  );
  await record([fired('shell', 20)]);
  assert.equal((await only()).status, 'open');
  await closeIncident(db, id, { reason: 'benign', by: 'ann' });
  await record([fired('new', 21)]);
  const judged = await only();
  assert.deepEqual([judged.status, judged.alerts], ['closed', 2]);
  assert.equal((await reopenIncident(db, id))?.status, 'open');
});

test('an identity of too many targets stops linking, and the incident says so', async () => {
  const by = (n: number) =>
    fired(`t${n}`, n, {
      source: 'k8s_audit',
      entities: { cluster: 'c', user: 'ci', resource: `pods/p${n}`, namespace: 'x' },
    });
  await recorder().record(Array.from({ length: 25 }, (_, n) => by(n)));
  const incident = await only();
  assert.equal(incident.alerts, 20);
  assert.match(incident.entities[0]?.tooCommon ?? '', /seen with 2\d targets or more/);
});

test('what an attacker puts into names and times costs at most the incident, never the alert', async () => {
  const nul = `a${String.fromCharCode(0)}\uD800`;
  const hostile = { ...pod(nul), image: `registry.example.com/${'x'.repeat(5_000)}`, node: nul };
  const times = { firstSeenAt: '0001-01-01T00:00:00Z', lastSeenAt: '9999-12-31T23:59:59Z' };
  const changes = await recorder().record([
    { alert: draft({ id: 'h1', rule: 'h1', source: 'syscall', entities: hostile, ...times }), eventId: nul },
    { alert: draft({ id: 'h2', rule: 'h2', source: 'syscall', entities: hostile, ...times }), eventId: nul },
  ]);
  assert.equal(changes.length, 2);
  assert.equal((await all()).total, 2, 'one at each end of time');
});

test('an incident goes when its alerts have gone', async () => {
  const { db } = fixture;
  await recorder().record([shell, miner]);
  await closeAlert(db, 'shell', { reason: 'benign', by: 'ann' });
  const later = Date.now() + 91 * 24 * 60 * 60_000;
  assert.equal((await removeOld(db, later, defaultRetention)).incidents, 0);
  assert.equal((await only()).alerts, 1);
  await closeAlert(db, 'miner', { reason: 'benign', by: 'ann' });
  const removed = await removeOld(db, later, defaultRetention);
  assert.equal(removed.incidents, 1);
  assert.equal((await all()).total, 0);
});
