// Lists in all cuts of the network, and lists that are none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitItems } from './split-items.ts';

const items = [
  { metadata: { name: 'a"]}', labels: { '[': '{"items":[' } }, spec: { list: [[1], { x: '\\' }] } },
  { metadata: { name: 'ü𝄞' } },
];
const list = (all: readonly object[]): string =>
  JSON.stringify({ kind: 'PodList', metadata: { resourceVersion: '7', continue: 'c[' }, items: all });

async function read(text: string, sizeBytes: number, maxItemBytes = 1000) {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes);
  }
  let tooLong = 0;
  const found: unknown[] = [];
  const onTooLong = (): void => {
    tooLong += 1;
  };
  const source = splitItems(chunks(), { maxItemBytes, onTooLong });
  let next = await source.next();
  for (; !next.done; next = await source.next()) found.push(JSON.parse(next.value));
  return { found, rest: next.value, tooLong };
}

test('items and the rest of the list come whole, however the bytes are cut', async () => {
  for (const sizeBytes of [1, 2, 3, 7, 1000]) {
    const { found, rest } = await read(list(items), sizeBytes);
    assert.deepEqual(found, items);
    assert.deepEqual(rest, {
      kind: 'PodList',
      metadata: { resourceVersion: '7', continue: 'c[' },
      items: [],
    });
  }
  assert.deepEqual((await read(list([]), 5)).found, []);
  assert.deepEqual((await read('{"items":null,"metadata":{}}', 5)).rest, { items: null, metadata: {} });
});

test('an item that is too long is counted and passed over; its neighbours are not', async () => {
  const { found, tooLong } = await read(list([{ a: 'x'.repeat(200) }, { b: 1 }]), 16, 100);
  assert.deepEqual(found, [{ b: 1 }]);
  assert.equal(tooLong, 1);
});

test('a list that is cut, or is none, is an error', async () => {
  for (const text of [list(items).slice(0, -3), '', '{"items":[{"a":1}', 'no list'])
    await assert.rejects(read(text, 8), JSON.stringify(text));
});
