// The authority against real TLS libraries: node:crypto reads what it makes, and hostile requests get nothing.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Authority, openAuthority } from './authority.ts';
import { AuthorityError } from './errors.ts';
import { createRequest } from './testing.ts';

const dayMs = 24 * 60 * 60 * 1000;
let dir: string;
let now = Date.now();
const clock = { now: (): number => now };
const options = (): Parameters<typeof openAuthority>[0] => ({
  dir,
  workspace: 'w1',
  serverNames: ['hub.example'],
  clock,
});
let authority: Authority;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'yagura-authority-'));
  authority = await openAuthority(options());
});
after(() => rm(dir, { recursive: true }));

test('an agent certificate names the agent that the hub says, whatever the request asks for', async () => {
  for (const algorithm of ['P-256', 'Ed25519'] as const) {
    const { csr } = await createRequest({ algorithm, name: 'CN=agent:somebody-else' });
    const issued = await authority.issueAgent('a1', csr);
    const read = new X509Certificate(issued.pem);
    assert.equal(read.subject, 'O=Yagura\nCN=agent:a1');
    assert.equal(read.subjectAltName, 'URI:yagura://agent/a1');
    assert.equal(read.serialNumber, issued.serial);
    assert.equal(read.ca, false);
    assert.deepEqual(read.keyUsage, ['1.3.6.1.5.5.7.3.2']);
    assert.ok(read.verify(new X509Certificate(authority.certificate).publicKey));
    assert.equal(Math.round((issued.notAfter.getTime() - now) / dayMs), 30);
  }
});

test('serial numbers have one form and do not repeat', async () => {
  const { csr } = await createRequest({ algorithm: 'P-256' });
  const serials = await Promise.all(
    Array.from({ length: 50 }, async () => (await authority.issueAgent('a', csr)).serial),
  );
  assert.equal(new Set(serials).size, 50);
  for (const serial of serials) assert.match(serial, /^[4-7][0-9A-F]{31}$/);
});

const refused = (code: string) => (error: unknown) => error instanceof AuthorityError && error.code === code;

test('garbage, weak keys and unproven keys get no certificate', async () => {
  const garbage = [
    '',
    'hello',
    '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----',
    `-----BEGIN CERTIFICATE REQUEST-----\n${'A'.repeat(9000)}`,
    '-----BEGIN CERTIFICATE REQUEST-----',
    authority.certificate,
  ];
  for (const csr of garbage)
    await assert.rejects(authority.issueAgent('a', csr), refused('REQUEST_UNREADABLE'), csr.slice(0, 60));
  const rsa = await createRequest({ algorithm: 'RSA' });
  await assert.rejects(authority.issueAgent('a', rsa.csr), refused('REQUEST_KEY_NOT_ALLOWED'));
  const p384 = await createRequest({ algorithm: 'P-384' });
  await assert.rejects(authority.issueAgent('a', p384.csr), refused('REQUEST_KEY_NOT_ALLOWED'));
  const { csr } = await createRequest({ algorithm: 'P-256', tamper: true });
  await assert.rejects(authority.issueAgent('a', csr), refused('REQUEST_NOT_PROVEN'));
});

test('the server certificate holds loopback and configured names, and is kept until two thirds of its life', async () => {
  const first = await authority.serverCredentials();
  const read = new X509Certificate(first.cert);
  for (const host of ['localhost', 'hub.example']) assert.ok(read.checkHost(host), host);
  for (const ip of ['127.0.0.1', '::1']) assert.ok(read.checkIP(ip), ip);
  assert.equal((await authority.serverCredentials()).cert, first.cert);
  const wider = await openAuthority({ ...options(), serverNames: ['hub.example', '10.0.0.7'] });
  const second = await wider.serverCredentials();
  assert.notEqual(second.cert, first.cert);
  assert.ok(new X509Certificate(second.cert).checkIP('10.0.0.7'));
  now += 61 * dayMs;
  assert.notEqual((await authority.serverCredentials()).cert, second.cert);
});

test('the authority is the same after a restart, its keys are private, and a damaged one is not replaced in silence', async () => {
  assert.equal((await openAuthority(options())).certificate, authority.certificate);
  for (const name of ['ca.key', 'server.key'])
    assert.equal((await stat(join(dir, name))).mode & 0o777, 0o600, name);
  const pem = await readFile(join(dir, 'ca.key'), 'utf8');
  for (const broken of [pem.slice(0, 80), await readFile(join(dir, 'server.key'), 'utf8')]) {
    await writeFile(join(dir, 'ca.key'), broken);
    await assert.rejects(openAuthority(options()), refused('AUTHORITY_DAMAGED'));
  }
  await rm(join(dir, 'ca.key'));
  await assert.rejects(openAuthority(options()), refused('AUTHORITY_DAMAGED'));
});
