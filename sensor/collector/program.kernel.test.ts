// What a program can do to hide: rewrite its arguments during exec, run without a file, end in odd ways.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { kernelTierSkip } from './testing/kernel-tier.ts';
import { RecordedCollector } from './testing/recorded-collector.ts';
import { createTestCgroup, type TestCgroup } from './testing/test-cgroup.ts';
import {
  compileProgram,
  memfdSource,
  racerSource,
  tellSource,
  threadsSource,
} from './testing/test-program.ts';

const run = promisify(execFile);
const skip = kernelTierSkip(['gcc']);
const stack = new AsyncDisposableStack();
let cgroup: TestCgroup;
let collector: RecordedCollector;
let folder: string;
let tell: string;

const runInside = async (program: string, ...args: string[]): Promise<string> => {
  const [command = '', ...enter] = cgroup.enter;
  return (await run(command, [...enter, program, ...args])).stdout;
};

before(async () => {
  if (skip) return;
  folder = await mkdtemp(join(tmpdir(), 'yagura-test-'));
  stack.defer(() => rm(folder, { recursive: true }));
  tell = compileProgram(folder, 'tell', tellSource);
  cgroup = stack.use(await createTestCgroup());
  collector = stack.use(await RecordedCollector.start(['--scope', `cgroup:${cgroup.path}`]));
});
after(() => stack.disposeAsync());

test('arguments are those that the program got, however they are rewritten during exec', {
  skip,
}, async () => {
  const racer = compileProgram(folder, 'racer', racerSource);
  const told = (await runInside(racer, '200', tell)).trim().split('\n');
  assert.equal(told.length, 200);
  assert.equal(new Set(told.map((line) => line.split(' ')[1])).size > 1, true, 'the race never took place');
  for (const line of told) {
    const [pid, argument] = line.split(' ');
    const event = await collector.start(
      (one) => one.process.pid === Number(pid) && one.process.name === 'tell',
    );
    assert.deepEqual(event.process.args, ['tell', argument]);
  }
});

test('a program without a file is marked', { skip }, async () => {
  await runInside(compileProgram(folder, 'memfd', memfdSource), tell);
  const { process } = await collector.start((one) => one.process.args[1] === 'from-memory');
  assert.deepEqual([process.executable.path, process.executable.memfd], ['/memfd:hidden (deleted)', true]);
});

test('a process ends with its last thread, once, and not when a thread calls exec', { skip }, async () => {
  const threads = compileProgram(folder, 'threads', threadsSource);
  await runInside(threads).catch(() => undefined);
  const byLast = await collector.end((one) => one.process.name === 'threads');
  assert.equal(byLast.exit.code, 5);

  await runInside(threads, tell);
  const told = await collector.start((one) => one.process.args[1] === 'by-thread');
  await collector.end((one) => one.process.pid === told.process.pid);
  await delay(100);
  const ends = collector.exited.filter((one) => one.process.pid === told.process.pid);
  assert.deepEqual(
    ends.map((one) => [one.process.name, one.exit.code]),
    [['tell', 0]],
  );
});
