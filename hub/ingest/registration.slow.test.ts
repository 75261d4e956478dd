// Registration and renewal over real HTTPS: tokens, garbage, names that clash, certificates that end.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { batchHeaders, type IssuedCertificate, type RegistrationRequest } from '@yagura/contracts';
import type { ClientTls, Response } from '@yagura/kit';
import { createRequest } from '../authority/testing.ts';
import { listClusters } from '../store/clusters.ts';
import { listNodes } from '../store/nodes.ts';
import { codeOf, startTestAgentsPort, type TestAgentsPort } from '../testing/test-agents-port.ts';
import { viewNow } from '../testing/view-now.ts';
import { processEvent } from './testing.ts';

let port: TestAgentsPort;
before(async () => {
  port = await startTestAgentsPort();
});
after(() => port[Symbol.asyncDispose]());

async function register(token: string, over: Partial<RegistrationRequest> = {}) {
  const { csr, key } = await createRequest({ algorithm: 'P-256' });
  const wish: RegistrationRequest = {
    ...{ workspace: port.workspace, token, role: 'node', name: 'n', csr },
    ...over,
  };
  const answer = await port.call('/v1/registrations', { body: JSON.stringify(wish) });
  return { answer, key };
}
const issuedBy = (answer: Response): IssuedCertificate => {
  assert.equal(answer.status, 200, answer.body.toString());
  return JSON.parse(answer.body.toString()) as IssuedCertificate;
};
const tlsOf = (issued: IssuedCertificate, key: string): ClientTls => ({
  ca: issued.authority,
  cert: issued.certificate,
  key,
});
let sent = 0;
const send = (tls: ClientTls): Promise<Response> =>
  port.call('/v1/batches', {
    tls,
    body: JSON.stringify(processEvent('e')),
    headers: { [batchHeaders.id]: `b${sent++}`, [batchHeaders.lines]: '1' },
  });

test('a token works as often as it says, also when many come at once', async () => {
  const token = await port.token({ uses: 3 });
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) => register(token, { name: `many-${n}`, cluster: 'prod' })),
  );
  const statuses = answers.map(({ answer }) => answer.status).sort();
  assert.deepEqual(statuses, [200, 200, 200, 403, 403, 403, 403, 403]);
  const cluster = (await listClusters(port.database.db, viewNow())).find(({ name }) => name === 'prod');
  assert.equal(cluster?.nodes, 3);
  const nodes = await listNodes(port.database.db, Date.now());
  assert.equal(nodes.filter(({ state }) => state === 'connecting').length, 3);
});

test('whoever holds a whole token is told what is wrong with it; who guesses is not', async () => {
  const expired = await port.token({ hours: 1 / 3600 / 1000 });
  await sleep(5);
  const used = await port.token();
  issuedBy((await register(used)).answer);
  const told: [string, string][] = [
    [expired, 'TOKEN_EXPIRED'],
    [used, 'TOKEN_USED_UP'],
    [await port.token({ role: 'cluster' }), 'TOKEN_FOR_ANOTHER'],
    [await port.token({ name: 'other' }), 'TOKEN_FOR_ANOTHER'],
  ];
  for (const [token, code] of told) {
    const { answer } = await register(token);
    assert.equal(`${answer.status} ${codeOf(answer)}`, `403 ${code}`);
  }
  const known = await port.token();
  const [id] = known.split('.');
  const tries: [string, Partial<RegistrationRequest>][] = [
    [known, { workspace: 'w-other' }],
    [`${id}.${'x'.repeat(43)}`, {}],
    ['x'.repeat(64), {}],
    [`\0${'.'.repeat(20)}`, {}],
  ];
  for (const [token, over] of tries) {
    const { answer } = await register(token, over);
    assert.equal(`${answer.status} ${codeOf(answer)}`, '403 TOKEN_REFUSED');
  }
  issuedBy((await register(known)).answer);
});

test('a bad signing request costs no use of the token', async () => {
  const token = await port.token();
  const rsa = await createRequest({ algorithm: 'RSA' });
  const tampered = await createRequest({ algorithm: 'P-256', tamper: true });
  for (const [csr, code] of [
    ['garbage', 'REQUEST_UNREADABLE'],
    [rsa.csr, 'REQUEST_KEY_NOT_ALLOWED'],
    [tampered.csr, 'REQUEST_NOT_PROVEN'],
  ] as const) {
    const { answer } = await register(token, { csr });
    assert.equal(`${answer.status} ${codeOf(answer)}`, `400 ${code}`);
  }
  issuedBy((await register(token)).answer);
});

test('a body that is no registration is told which field is off', async () => {
  for (const body of ['', '{', '[]', JSON.stringify({ workspace: 'w' })])
    assert.equal(codeOf(await port.call('/v1/registrations', { body })), 'REQUEST_INVALID');
  const { answer } = await register('x'.repeat(20), { name: '../../etc' });
  assert.match(answer.body.toString(), /\/name/);
  const big = await port.call('/v1/registrations', { body: 'x'.repeat(100_000) });
  assert.equal(big.status, 413);
});

test('the same name again is the same agent, and its older certificates hold no more', async () => {
  const first = await register(await port.token(), { name: 'again' });
  const issued = issuedBy(first.answer);
  assert.equal((await send(tlsOf(issued, first.key))).status, 200);
  const second = await register(await port.token(), { name: 'again' });
  const reissued = issuedBy(second.answer);
  assert.equal(reissued.agentId, issued.agentId);
  await sleep(2_100);
  assert.equal(codeOf(await send(tlsOf(issued, first.key))), 'CERTIFICATE_REVOKED');
  assert.equal((await send(tlsOf(reissued, second.key))).status, 200);
  const other = await register(await port.token(), { name: 'again', cluster: 'elsewhere' });
  assert.notEqual(issuedBy(other.answer).agentId, issued.agentId);
});

test('renewal gives the same agent a new certificate; the old one holds until it ends, those before it do not', async () => {
  const agent = await port.agent('renewing');
  const renew = async (tls: ClientTls) => {
    const { csr, key } = await createRequest({ algorithm: 'Ed25519', name: 'CN=agent:someone-else' });
    const issued = issuedBy(await port.call('/v1/renewals', { tls, body: JSON.stringify({ csr }) }));
    assert.equal(issued.agentId, agent.id);
    assert.match(new X509Certificate(issued.certificate).subject, new RegExp(`CN=agent:${agent.id}$`));
    return tlsOf(issued, key);
  };
  const second = await renew(agent.tls);
  assert.equal((await send(agent.tls)).status, 200);
  const third = await renew(second);
  await sleep(2_100);
  assert.equal(codeOf(await send(agent.tls)), 'CERTIFICATE_REVOKED');
  assert.equal((await send(second)).status, 200);
  assert.equal((await send(third)).status, 200);
  const { csr } = await createRequest({ algorithm: 'P-256' });
  const anonymous = await port.call('/v1/renewals', { body: JSON.stringify({ csr }) });
  assert.equal(codeOf(anonymous), 'CERTIFICATE_MISSING');
});

test('secrets cannot be tried at speed', async () => {
  const codes = new Set<string>();
  for (let tried = 0; tried < 40; tried++) {
    const { answer } = await register(`${'0'.repeat(12)}.${'x'.repeat(40)}`);
    codes.add(codeOf(answer));
    if (answer.status === 429) assert.ok(answer.headers['retry-after']);
  }
  assert.deepEqual([...codes].sort(), ['TOKEN_REFUSED', 'TOO_MANY_REQUESTS']);
});
