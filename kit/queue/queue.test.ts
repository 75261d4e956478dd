// The queue keeps order, counts, bounds and ids, also over ends, damage and other processes.
import assert from 'node:assert/strict';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { KitError } from '../errors.ts';
import { blockBytes, type NewBlock } from './block.ts';
import { openQueue, type Queue, type QueueOptions } from './queue.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yagura-queue-'));
  path = join(folder, 'deep', 'queue.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (options: Partial<QueueOptions> = {}): Queue =>
  openQueue({ path, limitBytes: 1 << 20, overflow: 'drop-oldest', ...options });
const block = (text: string, more: Partial<NewBlock> = {}): NewBlock => ({
  lines: 1,
  kinds: { a: 1 },
  body: Buffer.from(text),
  ...more,
});
const texts = (queue: Queue): readonly string[] =>
  queue.peek({ maxBlocks: 1000, maxBytes: 1 << 20 }).map((one) => Buffer.from(one.body).toString());

test('gives blocks back in order, until they are removed', () => {
  using queue = open();
  for (const text of ['one', 'two', 'three']) queue.append(block(text));
  assert.deepEqual(texts(queue), ['one', 'two', 'three']);
  const [, second] = queue.peek({ maxBlocks: 2, maxBytes: 1000 });
  queue.remove(second?.seq ?? 0);
  assert.deepEqual(texts(queue), ['three']);
});

test('keeps everything over an orderly end, counts and sums with it', () => {
  {
    using queue = open({ limitBytes: 3 * blockBytes(Buffer.from('x')), clock: { now: () => 5000 } });
    for (const text of ['1', '2', '3', '4']) queue.append(block(text, { kinds: { a: 2, b: 1 }, lines: 3 }));
  }
  using queue = open({ limitBytes: 1000, clock: { now: () => 9000 } });
  assert.deepEqual(texts(queue), ['2', '3', '4']);
  assert.deepEqual(queue.stats(), {
    bytes: 3 * blockBytes(Buffer.from('x')),
    limitBytes: 1000,
    blocks: 3,
    lines: 9,
    oldestAt: 5000,
    dropped: { a: 2, b: 1 },
    droppedSince: 5000,
    corruptions: 0,
  });
});

test('never uses a seq twice, not even after it was empty and closed', () => {
  let seq: number | undefined;
  {
    using queue = open();
    seq = queue.append(block('x')).seq;
    queue.remove(seq ?? 0);
  }
  using queue = open();
  assert.equal(queue.append(block('y')).seq, (seq ?? 0) + 1);
});

test('does not let a made-up seq swallow blocks to come', () => {
  using queue = open();
  queue.append(block('x'));
  queue.remove(1_000_000);
  queue.append(block('y'));
  assert.deepEqual(texts(queue), ['y']);
});

test('takes an id once, also after its block is gone and the queue was closed', () => {
  {
    using queue = open();
    assert.equal(queue.append(block('x', { id: 'A' })).status, 'stored');
    assert.equal(queue.append(block('x', { id: 'A' })).status, 'duplicate');
    queue.remove(1);
  }
  using queue = open();
  assert.equal(queue.append(block('x', { id: 'A' })).status, 'duplicate');
  assert.equal(queue.append(block('x', { id: 'B' })).status, 'stored');
});

test('peeks after a seq, within blocks and bytes, but always one block', () => {
  using queue = open();
  for (const text of ['aaaa', 'bbbb', 'cccc', 'dddd']) queue.append(block(text));
  assert.deepEqual(
    queue.peek({ after: 2, maxBlocks: 10, maxBytes: 1000 }).map((one) => one.seq),
    [3, 4],
  );
  assert.equal(queue.peek({ maxBlocks: 10, maxBytes: 1 }).length, 1);
  assert.equal(queue.peek({ maxBlocks: 10, maxBytes: 2 * blockBytes(Buffer.from('aaaa')) }).length, 2);
});

test('drops the oldest when full and says of which kind', () => {
  using queue = open({ limitBytes: 2 * blockBytes(Buffer.from('x')) });
  queue.append(block('1', { kinds: { a: 1 } }));
  queue.append(block('2', { kinds: { b: 1 } }));
  assert.deepEqual(queue.append(block('3')), { status: 'stored', seq: 3, dropped: { a: 1 } });
  assert.deepEqual(texts(queue), ['2', '3']);
  assert.deepEqual(queue.stats().dropped, { a: 1 });
});

test('counts a block that could never fit, without dropping others for it', () => {
  using queue = open({ limitBytes: 1000 });
  queue.append(block('1'));
  const result = queue.append(block('x'.repeat(2000), { kinds: { big: 7 }, lines: 7 }));
  assert.deepEqual(result, { status: 'full', dropped: { big: 7 } });
  assert.deepEqual(texts(queue), ['1']);
  assert.deepEqual(queue.stats().dropped, { big: 7 });
});

test('refuses when full if told so, and loses nothing', () => {
  using queue = open({ limitBytes: blockBytes(Buffer.from('x')), overflow: 'refuse' });
  queue.append(block('1'));
  assert.deepEqual(queue.append(block('2')), { status: 'full', dropped: {} });
  assert.deepEqual(queue.stats().dropped, {});
  queue.remove(1);
  assert.equal(queue.append(block('2')).status, 'stored');
});

test('keeps the file near its limit however much goes through, and gives space back', () => {
  using queue = open({ limitBytes: 16 << 20 });
  const body = Buffer.alloc(256 << 10, 7);
  for (let at = 0; at < 160; at++) queue.append(block('', { body, id: `id-${at}` }));
  const size = () =>
    readdirSync(join(folder, 'deep')).reduce(
      (sum, name) => sum + statSync(join(folder, 'deep', name)).size,
      0,
    );
  assert.ok(size() < 16 * 1.1 * 2 ** 20 + 6 * 2 ** 20, `file has ${size()} bytes`);
  for (const one of queue.peek({ maxBlocks: 1000, maxBytes: 1 << 30 })) queue.remove(one.seq);
  assert.deepEqual(texts(queue), []);
  assert.equal(queue.stats().bytes, 0);
  assert.ok(size() < 14 * 2 ** 20, `file still has ${size()} bytes`);
});

test('tells a second process that the queue is taken', () => {
  using _first = open();
  assert.throws(
    () => open(),
    (error) => error instanceof KitError && error.code === 'QUEUE_IN_USE',
  );
});

test('moves an unreadable file aside, says so, and goes on with an empty one and later seqs', () => {
  {
    using queue = open();
    queue.append(block('lost'));
  }
  writeFileSync(path, 'this is no database at all, and longer than a header of hundred bytes'.repeat(20));
  const moved: string[] = [];
  using queue = open({ onCorrupt: (to) => moved.push(to) });
  assert.equal(moved.length, 1);
  assert.equal(queue.stats().corruptions, 1);
  assert.ok((queue.append(block('new')).seq ?? 0) > 1);
  assert.deepEqual(texts(queue), ['new']);
});

test('survives a file that is damaged or cut in the middle', () => {
  for (const damage of ['overwrite', 'cut'] as const) {
    {
      using queue = open();
      for (let at = 0; at < 200; at++) queue.append(block('x'.repeat(3000)));
    }
    const sizeBytes = statSync(path).size;
    if (damage === 'cut') truncateSync(path, Math.floor(sizeBytes / 8192) * 4096);
    else {
      const file = openSync(path, 'r+');
      writeSync(file, Buffer.alloc(sizeBytes - 4096, 0xa5), 0, sizeBytes - 4096, 4096);
      closeSync(file);
    }
    using queue = open();
    queue.peek({ maxBlocks: 1000, maxBytes: 1 << 30 });
    queue.append(block('new'));
    assert.equal(texts(queue).at(-1), 'new');
    assert.ok(queue.stats().corruptions >= 1);
  }
  assert.equal(readdirSync(join(folder, 'deep')).filter((name) => name.includes('.corrupt-')).length, 1);
});

test('says how to mend a path that cannot be written', () => {
  writeFileSync(join(folder, 'file'), '');
  assert.throws(
    () => open({ path: join(folder, 'file', 'queue.db') }),
    (error) => error instanceof KitError && error.code === 'QUEUE_UNWRITABLE' && error.mend !== '',
  );
});
