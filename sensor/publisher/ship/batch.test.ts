// Blocks become one body that the hub can read, in bounded batches, and can be cut down to single lines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchHeaders, batchLimits } from '@yagura/contracts';
import { inflate } from '@yagura/kit';
import { countKinds } from '../spool/line-kind.ts';
import { linesOf, packLines, unpack } from '../spool/packed-lines.ts';
import { type BatchBlock, chooseBlocks, encodeBatch, halve, toBatch } from './batch.ts';

const line = (n: number, size = 10): string =>
  JSON.stringify({ kind: 'process.started', n, pad: 'x'.repeat(size) });
const lines = (from: number, count: number, size?: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => line(from + at, size));
const block = (seq: number, content: readonly string[]): BatchBlock => ({
  seq,
  part: '',
  lines: content.length,
  kinds: countKinds(content),
  body: packLines(content),
});
const stored = (one: BatchBlock) => ({ ...one, id: undefined, at: 0 });

test('small blocks lie as they are, large ones as frames, and both come back', () => {
  const [small, large] = [lines(0, 3), lines(0, 1000)];
  assert.equal(unpack(packLines(small)).isFrame, false);
  assert.equal(unpack(packLines(large)).isFrame, true);
  assert.ok(packLines(large).length < 10_000);
  assert.deepEqual(linesOf(packLines(small)), small);
  assert.deepEqual(linesOf(packLines(large)), large);
});

test('a body of mixed blocks is whole zstd with all lines in order', async () => {
  const parts = [lines(0, 2), lines(2, 1000), lines(1002, 1), lines(1003, 1), lines(1004, 900)];
  const { headers, body } = encodeBatch(
    toBatch(
      'p',
      parts.map((content, at) => block(at + 1, content)),
    ),
  );
  const text = (await inflate(body, 'zstd', batchLimits.inflatedBytes)).toString();
  assert.deepEqual(text.split('\n').slice(0, -1), parts.flat());
  assert.equal(headers[batchHeaders.lines], '1904');
  assert.equal(headers[batchHeaders.id], 'p.1-5');
});

test('a batch stays within lines and inflated bytes, and has at least one block', () => {
  const many = Array.from({ length: 30 }, (_, at) => stored(block(at + 1, lines(0, 1000))));
  assert.equal(chooseBlocks(many).length, batchLimits.lines / 1000);
  const wide = Array.from({ length: 30 }, (_, at) => stored(block(at + 1, lines(0, 4, 500_000))));
  assert.equal(chooseBlocks(wide).length, 8);
  assert.equal(chooseBlocks(wide.slice(0, 1)).length, 1);
  assert.deepEqual(chooseBlocks([]), []);
});

test('halving goes down to single lines without losing or repeating one, each half under its own id', () => {
  const whole = toBatch('p', [block(1, lines(0, 5)), block(2, lines(5, 1)), block(3, lines(6, 1000))]);
  const ids = new Set<string>();
  const descend = (batch: typeof whole): readonly string[] => {
    ids.add(batch.id);
    const halves = halve('p', batch);
    return halves ? halves.flatMap(descend) : batch.blocks.flatMap((one) => linesOf(one.body));
  };
  assert.deepEqual(descend(whole), lines(0, 1006));
  assert.equal(ids.size, 2 * 1006 - 1);
});

test('a block that is damaged is not halved', () => {
  const damaged = { ...block(1, lines(0, 1000)), body: Buffer.from([1, 0, 0, 0, 0, 9, 9, 9]) };
  assert.equal(halve('p', toBatch('p', [damaged])), undefined);
});
