// Syslog to real receivers: frames, datagrams, TLS with a private authority, and servers that are not there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import type { NewDestination } from '@yagura/contracts';
import type { OutgoingMessage, Sender } from '../../transport.ts';
import { cutUtf8, octetCounted, syslogMessage } from './frame.ts';
import { syslog } from './transport.ts';

const message = (text: string): OutgoingMessage => ({
  ...{ key: 'a.1', change: 'raised', text, contentType: 'text/plain', severity: 'high' },
});
const open = (over: Partial<NewDestination>): Sender => {
  const wish: NewDestination = { name: 's', type: 'syslog', host: '127.0.0.1', ...over };
  const { settings, secrets } = syslog.read(wish);
  return syslog.open({ ...{ name: 's', settings, secrets, folder: '', version: '0' }, now: () => 0 });
};
const signal = AbortSignal.timeout(20_000);

async function listen(t: TestContext, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** As a receiver reads: so many octets, a space, the message. */
function frames(bytes: Buffer): readonly string[] {
  const found: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const space = bytes.indexOf(' ', start);
    const end = space + 1 + Number(bytes.subarray(start, space).toString());
    found.push(bytes.subarray(space + 1, end).toString());
    start = end;
  }
  return found;
}

test('a stream carries whole messages, whatever is in them', async (t) => {
  const chunks: Buffer[] = [];
  const server = createServer((socket) => socket.on('data', (chunk: Buffer) => chunks.push(chunk)));
  const port = await listen(t, server);
  await open({ protocol: 'tcp', port }).send([message('first 12 é'), message('second')], signal);
  const [first = '', second = '', ...rest] = frames(Buffer.concat(chunks));
  assert.equal(rest.length, 0);
  assert.match(first, /^<83>1 1970-01-01T00:00:00\.000Z \S+ yagura - raised - first 12 é$/);
  assert.match(second, / second$/);
});

test('a server that breaks the connection has not taken the messages', async (t) => {
  const port = await listen(
    t,
    createServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
  );
  await assert.rejects(open({ protocol: 'tcp', port }).send([message('x')], signal), /127\.0\.0\.1: /);
  await assert.rejects(open({ protocol: 'tcp', port: 1 }).send([message('x')], signal), /ECONNREFUSED/);
});

/** A private authority, and a server's certificate that it signed for 127.0.0.1. */
function makeAuthority(t: TestContext): { readonly ca: string; readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-syslog-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const openssl = (...args: string[]): unknown =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
  openssl('req', '-x509', ...key, '-subj', '/CN=private', '-keyout', 'ca.key', '-out', 'ca.pem');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-addext', 'subjectAltName=IP:127.0.0.1'];
  openssl('req', '-x509', ...key, ...signed, '-subj', '/CN=siem', '-keyout', 'key.pem', '-out', 'cert.pem');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { ca: read('ca.pem'), key: read('key.pem'), cert: read('cert.pem') };
}

test('over TLS a server is believed that a private authority vouches for, and no other', async (t) => {
  const { ca, key, cert } = makeAuthority(t);
  const chunks: Buffer[] = [];
  const server = createTlsServer({ key, cert }, (socket) => {
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  });
  server.on('tlsClientError', () => undefined);
  const port = await listen(t, server);
  await open({ protocol: 'tls', port, ca }).send([message('sealed'), message('second')], signal);
  assert.equal(frames(Buffer.concat(chunks)).length, 2);
  assert.match(chunks.join(''), / sealed/);
  const stranger = makeAuthority(t);
  for (const over of [{}, { ca: stranger.ca }])
    await assert.rejects(open({ protocol: 'tls', port, ...over }).send([message('x')], signal), {
      name: 'DeliveryError',
    });
  const self = { protocol: 'tls' as const, port, ca: stranger.cert };
  await assert.rejects(
    open(self).send([message('x')], signal),
    ({ message: told }: Error) => /certificate/.test(told) && !/Node/.test(told),
  );
  // The certificate is for the address, not for this name of it.
  await assert.rejects(
    open({ protocol: 'tls', host: 'localhost', port, ca }).send([message('x')], signal),
    /altnames|ECONNREFUSED/i,
  );
  assert.equal(frames(Buffer.concat(chunks)).length, 2, 'nothing more was sent');
});

test('TLS is not given up for a server without it', async (t) => {
  const port = await listen(
    t,
    createServer((socket) => socket.end('hello')),
  );
  await assert.rejects(open({ protocol: 'tls', port }).send([message('x')], signal), {
    name: 'DeliveryError',
  });
});

test('a datagram carries one message, cut where it is too long', async (t) => {
  const socket = createSocket('udp4');
  t.after(() => socket.close());
  const received: Buffer[] = [];
  socket.on('message', (data) => received.push(data));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  const third = new Promise((resolve) => socket.once('listening-done', resolve));
  socket.on('message', () => received.length === 2 && socket.emit('listening-done'));
  await open({ protocol: 'udp', port }).send([message('short'), message('é'.repeat(9000))], signal);
  await third;
  assert.match(received[0]?.toString() ?? '', / short$/);
  assert.ok((received[1]?.length ?? 9999) <= 8192);
  assert.ok(!received[1]?.toString().includes('\uFFFD'));
});

test('frames and headers hold against hostile text', () => {
  assert.equal(octetCounted('é').toString(), '2 é');
  assert.equal(cutUtf8('aé', 2).toString(), 'a');
  const { change: _, ...rest } = message('t');
  assert.match(syslogMessage({ ...rest, change: 'a b\n' }, 'h o\nst', 0), /^<83>1 \S+ host yagura - ab - t$/);
});
