// Opens of watched files: told by what the kernel opened, whatever the call and its name say, and told within bounds.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arch } from 'node:process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import type { FileOpened } from '@yagura/contracts';
import { kernelTierSkip } from './testing/kernel-tier.ts';
import { openerSource, rewriterSource } from './testing/open-program.ts';
import { RecordedCollector } from './testing/recorded-collector.ts';
import { createTestCgroup, type TestCgroup } from './testing/test-cgroup.ts';
import { TestContainer } from './testing/test-container.ts';
import { compileProgram } from './testing/test-program.ts';

const run = promisify(execFile);
const skip = kernelTierSkip(['gcc', 'runc', 'busybox', 'mount', 'unshare']);
const stack = new AsyncDisposableStack();
let cgroup: TestCgroup;
let collector: RecordedCollector;
let folder: string;
let opener: string;

const runInside = async (program: string, ...args: string[]): Promise<string> => {
  const [command = '', ...enter] = cgroup.enter;
  return (await run(command, [...enter, program, ...args])).stdout;
};

/** A file that no other test has opened. */
async function key(name: string): Promise<string> {
  const path = join(folder, '.ssh', name);
  await writeFile(path, 'secret');
  return path;
}

const openOf = (path: string): Promise<FileOpened> => collector.open((one) => one.file.path === path);

before(async () => {
  if (skip) return;
  folder = await mkdtemp(join(tmpdir(), 'yagura-test-'));
  stack.defer(() => rm(folder, { recursive: true }));
  for (const name of ['.ssh', 'none', 'etc']) await mkdir(join(folder, name));
  opener = compileProgram(folder, 'opener', openerSource);
  cgroup = stack.use(await createTestCgroup());
  collector = stack.use(
    await RecordedCollector.start(['--scope', `cgroup:${cgroup.path}`, '--watch-files', 'none/*/third']),
  );
});
after(() => stack.disposeAsync());

test('every call that opens is seen', { skip }, async () => {
  const onX86 = arch === 'x64' ? ['open', 'creat', 'int80'] : [];
  for (const call of ['openat', 'openat2', 'open_by_handle_at', ...onX86]) {
    const path = await key(call);
    await runInside(opener, call, path);
    const { file, process } = await openOf(path);
    assert.equal(file.call, call === 'int80' ? 'open' : call);
    assert.deepEqual([file.read, file.write], call === 'creat' ? [false, true] : [true, false]);
    assert.deepEqual(process.args, [opener, call, path]);
    assert.equal(process.executable.path, opener);
  }
});

test('opens through io_uring are seen, into a descriptor or a slot of the ring', { skip }, async (t) => {
  const disabled = await readFile('/proc/sys/kernel/io_uring_disabled', 'utf8').catch(() => '2');
  if (disabled.trim() !== '0') return t.skip('needs io_uring: sysctl kernel.io_uring_disabled=0');
  for (const call of ['io_uring', 'io_uring-slot', 'io_uring-any-slot']) {
    const path = await key(call);
    await runInside(opener, call, path);
    const { file, process } = await openOf(path);
    assert.deepEqual([file.call, file.read, process.name], ['io_uring', true, 'opener']);
  }
});

test('a path is the one that the kernel found: relative, linked, from another root, mounted elsewhere', {
  skip,
}, async () => {
  const inFolder = (script: string): Promise<string> =>
    runInside('unshare', '--mount', 'sh', '-ec', `cd ${folder}; ${script}`);
  const relative = await key('relative');
  await inFolder(`cd none; ${opener} openat ../.ssh/relative`);
  await openOf(relative);

  const linked = await key('linked');
  await symlink(linked, join(folder, 'none/innocent'));
  await inFolder(`${opener} openat none/innocent`);
  await openOf(linked);

  const rooted = await key('rooted');
  await inFolder(`${opener} openat /proc/self/root${folder}/none/../.ssh/rooted`);
  await openOf(rooted);

  const changed = await key('changed');
  await inFolder(`chroot ${folder} /opener openat /.ssh/changed`);
  const { process } = await openOf(changed);
  assert.equal(process.executable.path, opener);

  await inFolder(
    `touch etc/shadow; mkdir etc/host; mount --bind ${folder} etc/host; ${opener} openat etc/host/etc/shadow`,
  );
  await openOf(join(folder, 'etc/host/etc/shadow'));
});

test('a token is found on the mount that the kubelet makes for it', { skip }, async () => {
  const place = join(folder, 'secrets/kubernetes.io/serviceaccount');
  const dated = '..2026_05_04_10_00_00.1234567890';
  await mkdir(place, { recursive: true });
  await runInside(
    ...(['unshare', '--mount', 'sh', '-ec'] as const),
    `mount -t tmpfs tmpfs ${place}; cd ${place}; mkdir ${dated}; echo t > ${dated}/token
    ln -s ${dated} ..data; ln -s ..data/token token; ln -s ..data/token namespace; cd /; cat ${place}/token`,
  );
  const { file } = await openOf(join(place, dated, 'token'));
  assert.equal(file.created, true, 'the shell that wrote it');
  await collector.open((one) => one.file.path === file.path && one.process.name === 'cat' && one.file.read);
});

test('a name that is rewritten while it is opened hides nothing', { skip }, async () => {
  const count = 300;
  for (let index = 0; index < count; index++) {
    const name = String(index).padStart(4, '0');
    await writeFile(join(folder, 'none', name), '');
    await writeFile(join(folder, '.ssh', name), 'secret');
  }
  const rewriter = compileProgram(folder, 'rewriter', rewriterSource);
  const got = (await runInside(rewriter, folder, String(count))).trim().split('\n');
  assert.equal(got.length > 0 && got.length < count, true, `the race never took place: ${got.length}`);
  for (const name of got) await openOf(join(folder, '.ssh', name));
  const told = collector.opened.filter((one) => one.process.name === 'rewriter');
  assert.deepEqual(
    told.map((one) => one.file.path).sort(),
    got.map((name) => join(folder, '.ssh', name)),
  );
});

test('a shell that reads by itself is told with its own command, in its container', {
  skip,
  timeout: 20_000,
}, async () => {
  await using container = await TestContainer.start(cgroup.path);
  const script =
    'umask 0; mkdir /tmp/.ssh; echo k > /tmp/.ssh/id; (read line < /tmp/.ssh/id; echo $line); true';
  await container.exec(['/bin/sh', '-c', script]);
  const { process, ...event } = await collector.open(
    (one) => one.file.path === '/tmp/.ssh/id' && one.file.read,
  );
  assert.deepEqual(process.args, ['/bin/sh', '-c', script]);
  assert.equal(event.container?.id, container.id);
  assert.equal(event.file.upperLayer, true);
  const written = await collector.open((one) => one.file.path === '/tmp/.ssh/id' && one.file.created);
  assert.equal(written.file.write, true);
});

test('other files, folders, and what can neither be read nor written make no event', { skip }, async () => {
  const path = await key('path-only');
  await runInside(opener, 'path-only', path);
  await runInside('ls', join(folder, '.ssh'));
  await mkdir(join(folder, 'none/second'));
  for (const name of ['second/other', 'second/third']) await writeFile(join(folder, 'none', name), '');
  await runInside('cat', join(folder, 'none/second/other'));
  await runInside('cat', join(folder, 'none/second/third'));
  await openOf(join(folder, 'none/second/third'));
  const paths = collector.opened.map((one) => one.file.path);
  for (const other of [path, join(folder, '.ssh'), join(folder, 'none/second/other')])
    assert.equal(paths.includes(other), false, other);
});

test('the same open again and again is told a few times, and then how often; another way or program is told anew', {
  skip,
  timeout: 30_000,
}, async () => {
  const path = await key('often');
  await using counting = await RecordedCollector.start(['--scope', `cgroup:${cgroup.path}`]);
  const again = `i=0; while [ $i -lt 50 ]; do read x < ${path}; i=$((i+1)); done`;
  // One window of the kernel's is ten seconds long.
  await runInside('sh', '-c', `${again}; : >> ${path}; sleep 10.2; read x < ${path}; exec cat ${path}`);
  await counting.open((one) => one.process.name === 'cat' && one.file.path === path);
  await counting[Symbol.asyncDispose]();
  assert.deepEqual(
    counting.opened
      .filter((one) => one.file.path === path)
      .map(({ process: { name }, file: { write, repeats } }) => [name, write, repeats]),
    [
      ...Array.from({ length: 4 }, () => ['sh', false, undefined]),
      ['sh', true, undefined],
      ['sh', false, 46],
      ['cat', false, undefined],
    ],
  );
  assert.doesNotMatch(counting.stderr, /rate-limit/);
});

test('a crowd of files is told up to a bound for each container, and the rest is counted', {
  skip,
}, async () => {
  const crowd = join(folder, 'crowd/.ssh');
  await mkdir(crowd, { recursive: true });
  await using counting = await RecordedCollector.start(['--scope', `cgroup:${cgroup.path}`]);
  const script = `cd ${crowd}; i=0; while [ $i -lt 600 ]; do : > $i; i=$((i+1)); done; read x < 0; true`;
  await runInside('unshare', '--mount', 'sh', '-c', script);
  await counting.open((one) => one.file.path === join(crowd, '0'));
  await counting[Symbol.asyncDispose]();
  const told = counting.opened.filter((one) => one.file.path.startsWith(crowd)).length;
  const counted = /"kind":"file.opened","reason":"too many of one container","count":(\d+)/;
  assert.deepEqual([told, Number(counted.exec(counting.stderr)?.[1])], [512, 89]);
});

test('nothing was out of shape, and ids are unique', { skip }, () => {
  assert.deepEqual(collector.bad, []);
  assert.equal(new Set(collector.events.map((event) => event.id)).size, collector.events.length);
});
