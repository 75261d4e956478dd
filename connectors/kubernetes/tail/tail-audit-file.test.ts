// Tests of the tail on real files that are really rotated, truncated and left while nobody reads.
import assert from 'node:assert/strict';
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ConnectorError } from '../errors.ts';
import { type TailAuditOptions, tailAuditFile } from './tail-audit-file.ts';

interface Rig {
  readonly path: string;
  readonly rotatedPath: string;
  write(...lines: string[]): void;
  /** Reads until `count` lines came, then stops as a process that ends would. */
  read(count: number, options?: Partial<TailAuditOptions> & { commit?: boolean }): Promise<string[]>;
  /** Reads in the background until stopped. */
  follow(options?: Partial<TailAuditOptions>): {
    lines: string[];
    skipped: { tooLong: number; gaps: number };
    until(count: number): Promise<void>;
    stop(): Promise<void>;
  };
}

const line = (name: string): string => JSON.stringify({ auditID: name, pad: 'p'.repeat(200) });
const names = (lines: readonly string[]): string[] => lines.map((each) => JSON.parse(each).auditID);

function rig(t: TestContext): Rig {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-tail-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'audit.log');
  const follow: Rig['follow'] = (options) => {
    const abort = new AbortController();
    t.after(() => abort.abort());
    const lines: string[] = [];
    const skipped = { tooLong: 0, gaps: 0 };
    const waiting = new Set<() => void>();
    const done = (async () => {
      const tail = tailAuditFile({
        path,
        checkpointPath: join(folder, 'run', 'checkpoint.json'),
        signal: abort.signal,
        pollMs: 5,
        ...options,
      });
      for await (const batch of tail) {
        lines.push(...batch.lines);
        skipped.tooLong += batch.skipped.tooLong;
        skipped.gaps += batch.skipped.gaps;
        await batch.commit();
        for (const wake of waiting) wake();
      }
    })();
    return {
      lines,
      skipped,
      until: (count) =>
        new Promise((resolve, reject) => {
          const check = (): void => {
            if (lines.length >= count) resolve();
          };
          waiting.add(check);
          done.catch(reject);
          setTimeout(() => reject(new Error(`only ${lines.length} of ${count} lines came`)), 10_000).unref();
          check();
        }),
      async stop() {
        abort.abort();
        await done;
      },
    };
  };
  return {
    path,
    rotatedPath: join(folder, 'audit-2026-05-01T10-00-00.000.log'),
    write: (...lines) => appendFileSync(path, lines.map((each) => `${each}\n`).join('')),
    follow,
    async read(count, { commit = true, ...options } = {}) {
      const lines: string[] = [];
      const tail = tailAuditFile({
        path,
        checkpointPath: join(folder, 'run', 'checkpoint.json'),
        signal: AbortSignal.timeout(3000),
        pollMs: 5,
        ...options,
      });
      for await (const batch of tail) {
        lines.push(...batch.lines);
        if (commit) await batch.commit();
        if (lines.length >= count) break;
      }
      return names(lines);
    },
  };
}

test('waits for the file, then follows what is added', async (t) => {
  const log = rig(t);
  const tail = log.follow();
  await new Promise((resolve) => setTimeout(resolve, 20));
  log.write(line('a'));
  await tail.until(1);
  log.write(line('b'), line('c'));
  await tail.until(3);
  await tail.stop();
  assert.deepEqual(names(tail.lines), ['a', 'b', 'c']);
});

test('half a line comes once its end is written', async (t) => {
  const log = rig(t);
  log.write(line('a'));
  const half = line('b');
  appendFileSync(log.path, half.slice(0, 50));
  const tail = log.follow();
  await tail.until(1);
  assert.deepEqual(names(tail.lines), ['a']);
  appendFileSync(log.path, `${half.slice(50)}\n`);
  await tail.until(2);
  await tail.stop();
  assert.deepEqual(names(tail.lines), ['a', 'b']);
});

test('a batch that was begun and not committed comes again as the same batch, whatever was added since', async (t) => {
  const log = rig(t);
  const batches: string[][] = [];
  const readOne = async (commit: boolean): Promise<void> => {
    const signal = AbortSignal.timeout(3000);
    const checkpointPath = `${log.path}.checkpoint`;
    for await (const batch of tailAuditFile({ path: log.path, checkpointPath, signal, chunkBytes: 300 })) {
      batches.push(names(batch.lines));
      await batch.begin();
      if (commit) await batch.commit();
      return;
    }
  };
  log.write(line('a'));
  await readOne(true);
  log.write(line('b'));
  await readOne(false);
  log.write(line('c'), line('d'));
  await readOne(false);
  assert.deepEqual(batches, [['a'], ['b'], ['b']]);
  renameSync(log.path, log.rotatedPath);
  log.write(line('e'));
  await readOne(true);
  await readOne(true);
  assert.deepEqual(batches.slice(3), [['b'], ['c']]);
});

test('a restart goes on behind the last commit, and repeats what was not committed', async (t) => {
  const log = rig(t);
  log.write(line('a'), line('b'));
  assert.deepEqual(await log.read(2), ['a', 'b']);
  log.write(line('c'));
  assert.deepEqual(await log.read(1, { commit: false }), ['c']);
  log.write(line('d'));
  assert.deepEqual(await log.read(2), ['c', 'd']);
});

test('rotation by rename while it runs loses nothing, the last line without its newline included', async (t) => {
  const log = rig(t);
  const tail = log.follow();
  log.write(line('a'));
  await tail.until(1);
  log.write(line('b'));
  appendFileSync(log.path, line('c'));
  renameSync(log.path, log.rotatedPath);
  log.write(line('d'));
  await tail.until(4);
  log.write(line('e'));
  await tail.until(5);
  await tail.stop();
  assert.deepEqual(names(tail.lines), ['a', 'b', 'c', 'd', 'e']);
  assert.deepEqual(tail.skipped, { tooLong: 0, gaps: 0 });
});

test('rotations by rename while nobody reads are caught up with in order', async (t) => {
  const log = rig(t);
  log.write(line('a'));
  assert.deepEqual(await log.read(1), ['a']);
  log.write(line('b'));
  renameSync(log.path, log.rotatedPath);
  log.write(line('c'));
  renameSync(log.path, log.rotatedPath.replace('10-00', '11-00'));
  log.write(line('d'));
  assert.deepEqual(await log.read(3), ['b', 'c', 'd']);
});

test('copytruncate while it runs: what was unread is found in the copy', async (t) => {
  const log = rig(t);
  const tail = log.follow();
  log.write(line('a'));
  await tail.until(1);
  log.write(line('b'));
  copyFileSync(log.path, `${log.path}.1`);
  truncateSync(log.path);
  log.write(line('c'));
  await tail.until(3);
  log.write(line('d'));
  await tail.until(4);
  await tail.stop();
  assert.deepEqual(names(tail.lines), ['a', 'b', 'c', 'd']);
});

test('a file truncated and filled again beyond the old place is noticed by its beginning', async (t) => {
  const log = rig(t);
  log.write(line('a'), line('b'));
  assert.deepEqual(await log.read(2), ['a', 'b']);
  writeFileSync(log.path, '');
  log.write(line('c'), line('d'), line('e'));
  const tail = log.follow();
  await tail.until(3);
  await tail.stop();
  assert.deepEqual(names(tail.lines), ['c', 'd', 'e']);
  assert.equal(tail.skipped.gaps, 1, 'without a copy nobody knows what was lost');
});

test('a rotated file that was deleted before it was read is a gap', async (t) => {
  const log = rig(t);
  log.write(line('a'));
  assert.deepEqual(await log.read(1), ['a']);
  log.write(line('b'));
  renameSync(log.path, log.rotatedPath);
  rmSync(log.rotatedPath);
  log.write(line('c'));
  const tail = log.follow();
  await tail.until(1);
  await tail.stop();
  assert.deepEqual(names(tail.lines), ['c']);
  assert.equal(tail.skipped.gaps, 1);
});

test('over-long lines are counted and skipped, NULs and blank lines are nothing', async (t) => {
  const log = rig(t);
  log.write(line('a'), 'x'.repeat(5000), '', '\0\0\0', line('b'));
  const tail = log.follow({ maxLineBytes: 1000, chunkBytes: 300 });
  await tail.until(2);
  await tail.stop();
  assert.deepEqual(names(tail.lines), ['a', 'b']);
  assert.equal(tail.skipped.tooLong, 1);
});

test('can begin at the end', async (t) => {
  const log = rig(t);
  log.write(line('old'));
  const tail = log.follow({ startAt: 'end' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  log.write(line('new'));
  await tail.until(1);
  await tail.stop();
  assert.deepEqual(names(tail.lines), ['new']);
});

test('a checkpoint that is broken is no checkpoint', async (t) => {
  const log = rig(t);
  log.write(line('a'));
  assert.deepEqual(await log.read(1), ['a']);
  const checkpointPath = join(log.path, '..', 'other.json');
  writeFileSync(checkpointPath, '{"inode":"1","offset":-4}');
  assert.deepEqual(await log.read(1, { checkpointPath }), ['a']);
});

test('a checkpoint that cannot be written says so', async (t) => {
  const log = rig(t);
  log.write(line('a'));
  await assert.rejects(log.read(1, { checkpointPath: join(log.path, 'below-a-file') }), (error) => {
    assert.ok(error instanceof ConnectorError);
    assert.equal(error.code, 'AUDIT_CHECKPOINT_UNWRITABLE');
    return true;
  });
});
