// Lines come out the same however the bytes are cut, and a long one costs only itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Line, splitBuffer, splitLines } from './split-lines.ts';

async function collect(lines: AsyncIterable<Line>): Promise<readonly Line[]> {
  const all: Line[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

const text = '{"a":1}\n\n  \n{"b":"é…"}\r\nxxxxxxxxxxxxxxxxxxxxxxxxx\n{"c":3}';
const expected: readonly Line[] = [
  { ok: true, number: 1, text: '{"a":1}' },
  { ok: true, number: 4, text: '{"b":"é…"}' },
  { ok: false, number: 5, sizeBytes: 25 },
  { ok: true, number: 6, text: '{"c":3}' },
];

test('a buffer', () => {
  assert.deepEqual([...splitBuffer(Buffer.from(text), { maxLineBytes: 20 })], expected);
});

test('a stream, cut anywhere, even inside a character', async () => {
  const bytes = Buffer.from(text);
  for (const size of [1, 2, 3, 7, 1000]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    assert.deepEqual(await collect(splitLines(chunks, { maxLineBytes: 20 })), expected, `cut by ${size}`);
  }
});

test('nothing in, nothing out', async () => {
  assert.deepEqual(await collect(splitLines([], { maxLineBytes: 20 })), []);
  assert.deepEqual([...splitBuffer(Buffer.alloc(0), { maxLineBytes: 20 })], []);
});
