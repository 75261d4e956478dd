// Under load the hub goes away, the API server crashes and parts are killed at random: what is lost is counted, all is well by itself.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertSummary, LossCounter } from '@yagura/contracts';
import { createRandom } from '@yagura/kit/testing';
import { whyNoCluster } from './cluster/index.ts';
import { whatIsWrong } from './endurance/all-well.ts';
import { type Ground, layGround } from './endurance/ground.ts';
import { startProcesses } from './endurance/numbered-processes.ts';
import {
  namespace,
  numbersInFiles,
  recordsIn,
  requestNumbered,
  webhookErrors,
} from './endurance/numbered-requests.ts';
import { killAtRandom } from './endurance/random-kills.ts';
import { waitUntil } from './installation/wait-until.ts';
import { sendNumberedEvents } from './numbered-stream.ts';

/** 600 for the ten minutes that an outage may last. */
const awayMs = Number(process.env['YAGURA_ENDURE_AWAY_S'] ?? 20) * 1000;
const seed = Number(process.env['YAGURA_ENDURE_SEED'] ?? Date.now() % 1_000_000);
const quietMs = 5_000;
const pods = 300;

const untilAllWell = (ground: Ground, what: string): Promise<unknown> =>
  waitUntil(
    () => whatIsWrong(ground),
    (wrong) => wrong.length === 0,
    { what, timeoutMs: 120_000 },
  );

/** Stop, crash and come back, while the load goes on. Resolves with what the API server said that it dropped. */
async function strike({ cluster, installation }: Ground): Promise<number> {
  await sleep(quietMs);
  await installation.stopHub();
  await sleep(awayMs / 2);
  const dropped = await webhookErrors(cluster.api);
  await cluster.stopApiServer('kill');
  await sleep(2_000);
  await cluster.startApiServer();
  await sleep(awayMs / 2);
  await installation.startHub();
  await sleep(quietMs);
  await installation.killHub();
  await installation.startHub();
  await sleep(quietMs);
  return dropped;
}

interface Sent {
  readonly events: number;
  readonly processes: number;
  /** Audit records that the API server's first process said it could not hand over. */
  readonly dropped: number;
}

async function runLoad(ground: Ground): Promise<Sent> {
  const { cluster, installation, parts, groupFolders } = ground;
  const [load, kills] = [new AbortController(), new AbortController()];
  const killing = killAtRandom(Object.values(parts), createRandom(seed), kills.signal);
  const { socketPath } = installation;
  const events = sendNumberedEvents({ perContainer: 1000, socketPath, perTick: 4, signal: load.signal });
  const requests = requestNumbered(cluster.api, load.signal);
  const processes = await startProcesses(installation.folder, groupFolders);
  try {
    const dropped = await strike(ground);
    kills.abort();
    await killing;
    load.abort();
    return { dropped, processes: await processes.stop(), events: await events };
  } finally {
    kills.abort();
    load.abort();
    await Promise.allSettled([killing, requests, events, processes.stop()]);
  }
}

const sum = (alerts: readonly AlertSummary[]): number =>
  alerts.reduce((total, { count }) => total + count, 0);

async function expectEvents(t: TestContext, { installation: { hub } }: Ground, sent: number): Promise<void> {
  const alerts = await waitUntil(
    () => hub.allAlerts({ rule: 'numbered-event' }),
    (seen) => sum(seen) >= sent,
    { what: `${sent} events`, timeoutMs: 60_000 },
  );
  assert.equal(sum(alerts), sent, 'every event once');
  t.diagnostic(`events: ${sent} sent, ${sum(alerts)} at the hub`);
}

const textOf = (losses: readonly LossCounter[] = []): string =>
  losses.map(({ stage, kind, reason, count }) => `${stage}/${kind}/${reason} ${count}`).join(', ') || 'none';

/**
 * A collector that is killed sees nothing until it is back, and how much that was nobody knows: that it was so is
 * counted. One that is killed again before its first word only makes the gap longer.
 */
async function expectProcesses(t: TestContext, ground: Ground, started: number): Promise<void> {
  const { hub } = ground.installation;
  const seen = sum(await hub.allAlerts({ rule: 'endured-process' }));
  const [node] = await hub.nodes();
  const { kills } = ground.parts.collector;
  t.diagnostic(`processes: ${started} started, ${seen} at the hub, collector killed ${kills} times`);
  t.diagnostic(`losses of the node: ${textOf(node?.losses)}`);
  assert.ok(seen <= started, 'none twice');
  const gaps = node?.losses.find(({ stage }) => stage === 'collector')?.count ?? 0;
  assert.ok(gaps <= kills && (gaps > 0 || kills === 0), `${gaps} gaps are counted for ${kills} kills`);
  assert.ok(gaps > 0 || seen === started, `nothing is counted, and ${started - seen} are missing`);
}

async function expectRequests(t: TestContext, ground: Ground, dropped: number): Promise<void> {
  const { installation, cluster, auditFolder } = ground;
  const written = await numbersInFiles(auditFolder);
  const numbersOf = (alerts: readonly AlertSummary[], name: string): readonly number[] =>
    alerts
      .filter(({ entities }) => entities.cluster === name)
      .flatMap(({ count, message }) =>
        Array.from({ length: count }, () => Number(/numbered-(\d+)/.exec(message)?.[1])),
      );
  const alerts = await waitUntil(
    () => installation.hub.allAlerts({ rule: 'numbered-request' }),
    // The API server sends its webhook nothing for a while after a refusal; that the last one comes shows that it flows again.
    (seen) =>
      numbersOf(seen, 'by-file').length >= written.length &&
      numbersOf(seen, 'prod').includes(Math.max(...written)),
    { what: `${written.length} requests of the file, and the last by webhook`, timeoutMs: 90_000 },
  );
  const sorted = (numbers: readonly number[]): readonly number[] => [...numbers].sort((a, b) => a - b);
  assert.deepEqual(sorted(numbersOf(alerts, 'by-file')), sorted(written), 'by file: each once');
  const byWebhook = numbersOf(alerts, 'prod');
  assert.equal(new Set(byWebhook).size, byWebhook.length, 'by webhook: none twice');
  const droppedLater = await webhookErrors(cluster.api);
  t.diagnostic(
    `requests: ${written.length} in the audit file, all of them at the hub; ${byWebhook.length} by webhook, of which the API server counted ${dropped} records as dropped before its crash and ${droppedLater} after`,
  );
  const prod = await installation.hub.cluster('prod');
  t.diagnostic(`losses of the cluster: ${textOf(prod?.losses)}`);
  assert.ok(
    prod?.losses.some(({ reason }) => /hub was away/.test(reason ?? '')),
    'the gap is shown',
  );
}

async function expectInventory(t: TestContext, ground: Ground): Promise<void> {
  const { cluster, installation } = ground;
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const { items } = await cluster.api.call<{ items: { metadata: { name: string } }[] }>(path);
  const there = items.map(({ metadata }) => metadata.name).sort();
  await waitUntil(
    () => installation.hub.objects('prod', { resource: 'pods', namespace, limit: 1000 }),
    (known) => JSON.stringify(known.map(({ name }) => name).sort()) === JSON.stringify(there),
    { what: `the ${there.length} pods that there are`, timeoutMs: 30_000 },
  );
  await untilAllWell(ground, 'the end');
  t.diagnostic(`inventory: complete, ${there.length} pods of the churn are the API server's`);
}

/** A heartbeat says so, of which there is one in a quarter of a minute: asked for last, it costs no waiting. */
const expectEmptySpool = ({ installation: { hub } }: Ground): Promise<unknown> =>
  waitUntil(
    () => hub.nodes(),
    ([node]) => node?.spool?.events === 0,
    { what: 'an empty spool', timeoutMs: 60_000 },
  );

/** What the hub says it took. One that is killed forgets what it counted in its last two seconds, and never counts twice. */
async function expectTotals(t: TestContext, { installation, auditFolder }: Ground): Promise<void> {
  const lines = await recordsIn(auditFolder);
  // Two seconds of catching up hold far more than two of the load, and after a long absence the kill falls into them.
  const forgotten = Math.max(1000, lines / 5);
  const byFile = await waitUntil(
    () => installation.hub.cluster('by-file'),
    (seen) => (seen?.auditEventsTotal ?? 0) >= lines - forgotten,
    { what: `${lines} records`, timeoutMs: 30_000 },
  );
  t.diagnostic(`records: ${lines} in the audit file, ${byFile?.auditEventsTotal} counted`);
  assert.ok((byFile?.auditEventsTotal ?? 0) <= lines, 'none twice');
  assert.equal(byFile?.lossTotal, 0);
}

test('what is lost is counted, and all states recover by themselves', {
  timeout: 2 * awayMs + 320_000,
}, async (t) => {
  const reason = whyNoCluster('simulated');
  if (reason !== undefined) return t.skip(reason);
  t.diagnostic(`seed ${seed}; the hub is away for ${awayMs / 1000} s`);
  await using ground = await layGround(pods);
  await untilAllWell(ground, 'the beginning');
  const sent = await runLoad(ground);
  const recoveredAt = performance.now();
  await untilAllWell(ground, 'the recovery');
  t.diagnostic(`all well ${Math.round(performance.now() - recoveredAt)} ms after the last kill`);
  const killed = Object.values(ground.parts).map(({ name, kills }) => `${name} ${kills}`);
  t.diagnostic(`killed: ${killed.join(', ')}`);
  await expectEvents(t, ground, sent.events);
  await expectProcesses(t, ground, sent.processes);
  await expectRequests(t, ground, sent.dropped);
  await expectInventory(t, ground);
  await ground.cluster.stopApiServer();
  await expectTotals(t, ground);
  await expectEmptySpool(ground);
});
