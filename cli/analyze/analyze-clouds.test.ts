// `yagura analyze` on what the clouds hand over: every envelope, mixed files, repeated records, `--cluster`.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { AlertDraft } from '@yagura/contracts';
import { lines, privilegedPod } from '../testing/audit-records.ts';
import { aksRecord, eksEnvelope, eksLogEvent, gkeEntry } from '../testing/cloud-records.ts';
import { runCli } from '../testing/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'yagura-clouds-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const save = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

interface Outcome {
  readonly alerts: readonly unknown[];
  readonly summary: string;
}

async function analyse(...args: readonly string[]): Promise<Outcome> {
  const run = await runCli(['analyze', '--json', ...args]);
  assert.equal(run.code, 0, run.stderr);
  const drafts = run.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as AlertDraft);
  return {
    alerts: drafts.map(({ rule, entities, count }) => [rule, entities.cluster, count]),
    summary: run.stderr,
  };
}

const aks = (record: object): object => aksRecord(record);
const [envelope, logEvent] = [eksEnvelope, eksLogEvent];
const gke = (id: string, more: object = {}): object => gkeEntry(privilegedPod(id), more);

const rule = 'privileged-container';
const aksCluster = '/subscriptions/s/resourcegroups/g/providers/microsoft.containerservice/managedclusters/c';
const gkeCluster = 'projects/p/locations/l/clusters/g1';

test('AKS: messages of Event Hubs, lines of a blob, rows of a table', async () => {
  const [a, b] = [aks(privilegedPod('a')), aks(privilegedPod('b'))];
  const hub = save('hub.json', lines({ records: [a] }, { records: [b, a] }));
  const pretty = save('hub-pretty.json', JSON.stringify({ records: [a, b, a] }, undefined, 2));
  const blob = save('PT1H.json', lines(a, { category: 'guard', properties: { log: 'klog' } }, b));
  const rows = [a, b].map((each) => {
    const { category, properties } = each as { category: string; properties: { log: string } };
    return { Category: category, log_s: properties.log, _ResourceId: aksCluster.toUpperCase() };
  });
  const table = save('table.json', JSON.stringify(rows, undefined, 2));
  for (const file of [hub, pretty, blob, table])
    assert.deepEqual((await analyse(file)).alerts, [[rule, aksCluster, 2]], file);
  assert.match((await analyse(blob)).summary, /1 record skipped: 1 not-an-audit-category/);
});

test('EKS: answers of the API, exports, envelopes and Firehose objects', async () => {
  const [a, b] = [privilegedPod('a'), privilegedPod('b')];
  const events = { events: [a, b, a].map(logEvent), searchedLogStreams: [], nextToken: 'f/1' };
  const answers = [
    save('filter.json', JSON.stringify(events, undefined, 4)),
    save('filter-line.json', JSON.stringify(events)),
    save(
      'export.gz',
      gzipSync([a, b].map((each) => `2026-05-01T10:00:00.123Z ${JSON.stringify(each)}\n`).join('')),
    ),
  ];
  for (const file of answers)
    assert.deepEqual((await analyse('--cluster', 'c1', file)).alerts, [[rule, 'c1', 2]], file);
  const objects = [
    save('subscription.json', lines(envelope(a), envelope(b), envelope(a))),
    save('firehose', gzipSync(JSON.stringify(envelope(a, b)) + JSON.stringify(envelope(a)))),
    save('members', Buffer.concat([envelope(a), envelope(b)].map((each) => gzipSync(JSON.stringify(each))))),
    save('twice.gz', gzipSync(gzipSync(JSON.stringify(envelope(a, b))))),
  ];
  for (const file of objects)
    assert.deepEqual((await analyse(file)).alerts, [[rule, '111122223333/c1', 2]], file);
});

test('GKE: arrays of gcloud, lines of a bucket, messages of Pub/Sub, entries in parts', async () => {
  const entries = [gke('a'), gke('b'), gke('a')];
  const message = (entry: object, n: number): object => ({
    ackId: `${n}`,
    message: { data: Buffer.from(JSON.stringify(entry)).toString('base64'), messageId: `${n}` },
  });
  const split = [
    { metadata: { name: 'bad' }, spec: { containers: [{ name: 'c', image: 'ngi' }] } },
    {
      '@type': 'core.k8s.io/v1.Pod',
      spec: { containers: [{ image: 'nx', securityContext: { privileged: true } }] },
    },
  ].map((request, index) =>
    gke('a', {
      split: { uid: 'u', index, totalSplits: 2 },
      protoPayload: { ...(gke('a') as { protoPayload: object }).protoPayload, request },
    }),
  );
  const files = [
    save('gcloud.json', JSON.stringify(entries, undefined, 2)),
    save('bucket.json', lines(...entries)),
    save('pubsub.json', JSON.stringify(entries.map(message), undefined, 2)),
    save('split.json', lines(split[0] as object, gke('b'), split[1] as object, split[0] as object)),
  ];
  for (const file of files) assert.deepEqual((await analyse(file)).alerts, [[rule, gkeCluster, 2]], file);
  const half = await analyse(save('half.json', lines(split[1] as object)));
  assert.deepEqual(half.alerts, [[rule, gkeCluster, 1]]);
  assert.match(half.summary, /1 record skipped: 1 missing-part-of-entry/);
});

test('records of all kinds in one file; --cluster goes before what they say', async () => {
  const mixed = lines(privilegedPod('n'), aks(privilegedPod('a')), envelope(privilegedPod('e')), gke('g'));
  const file = save('mixed.json', mixed);
  const { alerts } = await analyse(file);
  assert.deepEqual(
    alerts,
    [undefined, aksCluster, '111122223333/c1', gkeCluster].map((cluster) => [rule, cluster, 1]),
  );
  const named = await analyse('--cluster', 'mine', file);
  assert.deepEqual(named.alerts, [[rule, 'mine', 4]]);
});

const read = (n: number): object => ({
  ...{ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', stage: 'ResponseComplete' },
  auditID: `read-${n}`,
  verb: 'get',
  user: { username: 'alice', groups: ['system:authenticated'] },
  objectRef: { resource: 'secrets', namespace: 'shop', name: `s${n}`, apiVersion: 'v1' },
  responseStatus: { code: 200 },
  requestReceivedTimestamp: `2026-05-01T10:00:${String(n).padStart(2, '0')}.000000Z`,
  stageTimestamp: `2026-05-01T10:00:${String(n).padStart(2, '0')}.100000Z`,
});

test('records that are delivered again reach no threshold and raise no count', async () => {
  const reads = Array.from({ length: 40 }, (_, n) => read(n));
  const repeated = reads.slice(0, 15);
  for (const wrap of [aks, logEvent]) {
    const twice = [...repeated, ...repeated, ...repeated].map(wrap);
    assert.deepEqual((await analyse(save('twice.json', lines(...twice)))).alerts, []);
    const once = await analyse(save('once.json', lines(...reads.map(wrap))));
    const again = await analyse(save('again.json', lines(...reads.map(wrap), ...reads.map(wrap))));
    assert.equal(once.alerts.length, 1);
    assert.deepEqual(again.alerts, once.alerts);
  }
});
