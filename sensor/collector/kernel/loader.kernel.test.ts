// The loader by itself: losses are counted to the last record, failures have reasons, no loader is left behind.
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { recordKinds } from '../../bpf/record.ts';
import { loaderScopeFlags, parseScope } from '../scope.ts';
import { buildFolder, kernelTierSkip, loaderPath } from '../testing/kernel-tier.ts';
import { createTestCgroup, type TestCgroup } from '../testing/test-cgroup.ts';
import { compileProgram, racerSource, tellSource } from '../testing/test-program.ts';
import { controlKind, createFrameReader } from './frames.ts';
import { parseLoaderFailure } from './loader-failure.ts';
import { type LoaderReport, parseLoaderReport } from './loader-report.ts';

const run = promisify(execFile);
const skip = kernelTierSkip(['gcc']);
const probeFlags = ['--objects', buildFolder, '--probe', 'process-exec', '--probe', 'process-exit'];

class Watched {
  readonly child: ChildProcess;
  readonly counts = new Map<number, number>();
  last: LoaderReport | undefined;

  constructor(cgroup: TestCgroup, flags: readonly string[]) {
    const scope = loaderScopeFlags(parseScope(`cgroup:${cgroup.path}`), '/proc/self/mountinfo');
    this.child = spawn(loaderPath, [...probeFlags, ...scope, ...flags], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const read = createFrameReader(({ kind, payload }) => {
      this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
      if (kind === controlKind) this.last = parseLoaderReport(payload);
    });
    this.child.stdout?.on('data', read);
  }

  async until(type: LoaderReport['type']): Promise<LoaderReport> {
    for (let waited = 0; waited < 10_000; waited += 20) {
      if (this.last?.type === type) return this.last;
      await delay(20);
    }
    throw new Error(`no report of type ${type}`);
  }
}

test('with a full ring, what was read and what was counted as lost is all there was', { skip }, async () => {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'yagura-test-'));
  stack.defer(() => rm(folder, { recursive: true }));
  const tell = compileProgram(folder, 'tell', tellSource);
  const racer = compileProgram(folder, 'racer', racerSource);
  const cgroup = stack.use(await createTestCgroup());
  const loader = new Watched(cgroup, ['--ring-bytes', '4096']);
  await loader.until('ready');

  loader.child.kill('SIGSTOP');
  const [command = '', ...enter] = cgroup.enter;
  await run(command, [...enter, racer, '100', tell]);
  loader.child.kill('SIGCONT');
  loader.child.kill('SIGTERM');
  const report = await loader.until('stopped');

  const all = 101;
  const read = (kind: number): number => loader.counts.get(kind) ?? 0;
  const lost = (kind: number): number => report.lost[kind] ?? 0;
  assert.equal(lost(recordKinds.processExec) > 0, true);
  assert.equal(read(recordKinds.processExec) > 0, true);
  assert.equal(read(recordKinds.processExec) + lost(recordKinds.processExec), all);
  // The racer has two threads, and when both end at once its end may be told twice.
  const ends = read(recordKinds.processExit) + lost(recordKinds.processExit);
  assert.equal(ends === all || ends === all + 1, true, `${ends} ends`);
});

test('it ends when nobody reads any more', { skip }, async () => {
  await using cgroup = await createTestCgroup();
  const loader = new Watched(cgroup, []);
  await loader.until('ready');
  loader.child.stdout?.destroy();
  const [code] = await once(loader.child, 'exit');
  assert.equal(code, 0);
});

async function failureOf(
  flags: readonly string[],
  options: object = {},
): Promise<[number, string | undefined]> {
  const child = spawn(loaderPath, flags, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return [code, parseLoaderFailure(stderr)?.code];
}

test('failures have an exit code and a reason', { skip }, async () => {
  assert.deepEqual(await failureOf(['--objects', '/nowhere', '--probe', 'process-exec']), [
    12,
    'SENSOR_NOT_BUILT',
  ]);
  assert.deepEqual(await failureOf(probeFlags, { uid: 65534, gid: 65534 }), [11, 'CAPABILITY_MISSING']);
  assert.deepEqual(await failureOf(['--scope', 'moon']), [2, 'SENSOR_NOT_BUILT']);
});
