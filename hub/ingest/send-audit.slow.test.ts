// Audit webhooks and audit files: who may hand over, what is taken, what is counted.
import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { BatchReceipt } from '@yagura/contracts';
import { decodeBody } from '../event-log/block-body.ts';
import { createCluster, listClusters } from '../store/clusters.ts';
import { codeOf, silent, startTestAgentsPort, type TestAgentsPort } from '../testing/test-agents-port.ts';
import { viewNow } from '../testing/view-now.ts';
import { followAuditFile } from './follow-audit-file.ts';

let port: TestAgentsPort;
let credential: string;
before(async () => {
  port = await startTestAgentsPort();
  credential = await createCluster(port.database.db, 'prod', Date.now());
});
after(() => port[Symbol.asyncDispose]());

const record = (auditID: string): object => ({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'Metadata',
  auditID,
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/shop/pods/web/exec',
  verb: 'create',
  user: { username: 'alice', groups: ['system:authenticated'] },
  sourceIPs: ['10.0.0.9'],
  objectRef: { resource: 'pods', subresource: 'exec', namespace: 'shop', name: 'web', apiVersion: 'v1' },
  responseStatus: { code: 101 },
  requestReceivedTimestamp: '2026-01-02T03:04:05.000000Z',
  stageTimestamp: '2026-01-02T03:04:05.100000Z',
});
const listOf = (...items: unknown[]): string =>
  JSON.stringify({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items });
const bearer = (secret: string): Record<string, string> => ({ authorization: `Bearer ${secret}` });
const post = (body: string | Uint8Array, headers: Record<string, string>, cluster = 'prod') =>
  port.call(`/v1/audit/${cluster}`, { body, headers: { 'content-type': 'application/json', ...headers } });
const clusterNamed = async (name: string) => {
  await port.ingest.contacts.flush();
  return (await listClusters(port.database.db, viewNow())).find((each) => each.name === name);
};

test('without its own credential no cluster is spoken for', async () => {
  const other = await createCluster(port.database.db, 'other', Date.now());
  for (const headers of [{}, bearer(other), bearer('nonsense'), { authorization: `Basic ${credential}` }]) {
    const answer = await post(listOf(record('a')), headers as Record<string, string>);
    assert.equal(`${answer.status} ${codeOf(answer)}`, '401 CREDENTIAL_REFUSED');
  }
  assert.equal(codeOf(await post(listOf(), bearer(credential), 'no-such')), 'CREDENTIAL_REFUSED');
  assert.equal(port.eventLog.stats().blocks, 0);
});

test('an EventList becomes events of that cluster; the same batch again adds nothing; bad records are counted', async () => {
  const body = listOf(record('a'), record('b'), { kind: 'Event', nonsense: true }, 17);
  const answer = await post(body, bearer(credential));
  assert.equal(answer.status, 200, answer.body.toString());
  const receipt = JSON.parse(answer.body.toString()) as BatchReceipt;
  assert.deepEqual([receipt.accepted, receipt.rejectedTotal, receipt.duplicate], [2, 2, false]);
  assert.deepEqual(receipt.rejectedBy, { 'no-verb': 1, 'not-json': 1 });
  assert.match(JSON.stringify(receipt.rejected), /record 3 of the body .*record 4 of the body is not JSON/);
  const again = await post(gzipSync(body), { ...bearer(credential), 'content-encoding': 'gzip' });
  assert.equal((JSON.parse(again.body.toString()) as BatchReceipt).duplicate, true);
  const [block] = port.eventLog.read({ maxBlocks: 10, maxBytes: 1e9 });
  assert.ok(block);
  const { origin, ndjson } = await decodeBody(block.body);
  assert.deepEqual(origin, { cluster: 'prod' });
  assert.deepEqual(
    ndjson.split('\n').map((line) => JSON.parse(line).request.auditID),
    ['a', 'b'],
  );
  const cluster = await clusterNamed('prod');
  assert.equal(cluster?.auditEventsTotal, 2);
  assert.equal(cluster.lossTotal, 2);
  assert.ok(cluster.auditLastEventAt);
});

test('a new credential ends the one before it within seconds', async () => {
  const rotating = await createCluster(port.database.db, 'rotating', Date.now());
  assert.equal((await post(listOf(), bearer(rotating), 'rotating')).status, 200);
  const next = await createCluster(port.database.db, 'rotating', Date.now());
  await sleep(2_100);
  assert.equal((await post(listOf(), bearer(rotating), 'rotating')).status, 401);
  assert.equal((await post(listOf(), bearer(next), 'rotating')).status, 200);
});

test('an agent of the cluster may speak for it by certificate; a node may not', async () => {
  const agent = await port.agent('connect', { role: 'cluster', cluster: 'linked' });
  const node = await port.agent('node', { cluster: 'linked' });
  const call = (tls: typeof agent.tls, cluster: string) =>
    port.call(`/v1/audit/${cluster}`, { tls, body: listOf(record('x')) });
  assert.equal((await call(agent.tls, 'linked')).status, 200);
  assert.equal(codeOf(await call(agent.tls, 'prod')), 'ROLE_NOT_ALLOWED');
  assert.equal(codeOf(await call(node.tls, 'linked')), 'ROLE_NOT_ALLOWED');
});

test('an audit file is followed, and after a restart goes on where it was', async () => {
  const path = join(port.database.folder, 'audit.log');
  const line = (id: string): string => `${JSON.stringify(record(id))}\n`;
  await writeFile(path, `${line('1')}not json\n${line('2')}`);
  const { eventLog, clock, ingest, database } = port;
  const start = () => {
    const stop = new AbortController();
    const done = followAuditFile({
      ...{ path, cluster: 'from-file', checkpointPath: join(database.folder, 'audit.checkpoint') },
      ...{ eventLog, contacts: ingest.contacts, db: database.db, clock, log: silent, signal: stop.signal },
    });
    return { done, stop };
  };
  const taken = async (events: number): Promise<void> => {
    for (let tries = 0; (await clusterNamed('from-file'))?.auditEventsTotal !== events; tries++) {
      assert.ok(tries < 100, `${events} events`);
      await sleep(50);
    }
  };
  const first = start();
  await taken(2);
  await appendFile(path, line('3'));
  await taken(3);
  first.stop.abort();
  await first.done;
  await appendFile(path, line('4'));
  const second = start();
  await taken(4);
  second.stop.abort();
  await second.done;
  assert.equal((await clusterNamed('from-file'))?.lossTotal, 1);
});

test('whoever fails often from an address silences no API server that shares it', async () => {
  const own = await createCluster(port.database.db, 'shared', Date.now());
  const codes = new Set<unknown>();
  for (let tries = 0; tries < 40; tries += 1)
    codes.add(codeOf(await post(listOf(), bearer('nonsense'), 'shared')));
  assert.deepEqual([...codes], ['CREDENTIAL_REFUSED', 'TOO_MANY_REQUESTS']);
  assert.equal((await post(listOf(record('shared')), bearer(own), 'shared')).status, 200);
});
