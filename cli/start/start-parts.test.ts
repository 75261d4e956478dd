// Tests of what start checks and prepares before it runs anything.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CliError, type CliErrorCode } from '../errors.ts';
import { silentTerminal } from '../terminal/terminal.ts';
import { dataFolder } from './data-folder.ts';
import { lockData } from './data-lock.ts';
import { parseListenAddress, requireFree } from './listen-address.ts';
import { nodeName, sensorSocket } from './programs.ts';
import { RecentLines } from './recent-lines.ts';

const hasCode = (code: CliErrorCode) => (error: unknown) => error instanceof CliError && error.code === code;

test('data lie in one folder that depends on who starts', () => {
  const user = { ...silentTerminal, homeFolder: '/home/me' };
  assert.equal(dataFolder(undefined, { ...silentTerminal, isRoot: true }), '/var/lib/yagura');
  assert.equal(dataFolder(undefined, user), '/home/me/.local/share/yagura');
  assert.equal(dataFolder(undefined, { ...user, env: { XDG_DATA_HOME: '/xdg' } }), '/xdg/yagura');
  assert.equal(dataFolder('/chosen', user), '/chosen');
});

test('a second start on the same data is refused, until the first has ended', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'yagura-lock-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  mkdirSync(join(data, 'run'));
  const first = await lockData(data, 4711);
  await assert.rejects(lockData(data, 4712), /process 4711/);
  await assert.rejects(lockData(data, 4712), hasCode('DATA_IN_USE'));
  first[Symbol.dispose]();
  const second = await lockData(data, 4713);
  second[Symbol.dispose]();
});

test('addresses are read, and a taken port is told before anything starts', async () => {
  assert.deepEqual(parseListenAddress('127.0.0.1:7080', '--api'), { host: '127.0.0.1', port: 7080 });
  assert.deepEqual(parseListenAddress('[::1]:0', '--api'), { host: '::1', port: 0 });
  for (const text of ['7080', 'a:b', 'a:70800', '', '::1:80']) {
    assert.throws(() => parseListenAddress(text, '--api'), hasCode('OPTION_INVALID'), text);
  }
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await assert.rejects(requireFree({ host: '127.0.0.1', port }, 0), hasCode('PORT_IN_USE'));
  const freed = requireFree({ host: '127.0.0.1', port }, 2000);
  server.close();
  await freed;
});

test('a socket path fits into what the kernel takes', () => {
  assert.equal(sensorSocket('/var/lib/yagura'), '/var/lib/yagura/run/sensor.sock');
  assert.ok(sensorSocket(`/${'long/'.repeat(40)}`).length <= 107);
});

test('a host name becomes the name of a node', () => {
  assert.equal(nodeName('ip-10-0-0-1.example.com'), 'ip-10-0-0-1.example.com');
  assert.equal(nodeName('_my host_'), 'my-host');
  assert.equal(nodeName('---'), 'node');
});

test('the reason of an end is the last error that was logged', () => {
  const lines = new RecentLines();
  lines.push('{"level":50,"msg":"old"}\n{"level":"error","msg":"disk ');
  lines.push('full","mend":"make room"}\n{"level":30,"msg":"ending"}\n');
  assert.deepEqual(lines.reason(), { message: 'disk full', mend: 'make room' });
  lines.push('x\n'.repeat(100));
  assert.deepEqual(lines.reason(), { message: 'x' });
  assert.equal(new RecentLines().reason(), undefined);
});
