// What is remembered of objects: over listings, over restarts, and when its file is damaged.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { hashOf, KeyBook } from './key-book.ts';
import { readStanding, standingText, writeStanding } from './state-file.ts';

const key = (uid: string) => ({ uid, namespace: 'shop', name: `pod-${uid}` });

test('only what changed is news; what a listing does not see is gone', () => {
  const book = new KeyBook();
  for (const uid of ['1', '2']) book.note(key(uid), hashOf('a'));
  book.beginListing();
  assert.equal(book.knows(key('1'), hashOf('a')), true);
  assert.equal(book.knows(key('3'), hashOf('c')), false);
  book.note(key('3'), hashOf('c'));
  assert.deepEqual([...book.endListing()], [key('2')]);
  assert.equal(book.knows(key('1'), hashOf('b')), false);
  assert.equal(book.remove('1'), true);
  assert.equal(book.remove('1'), false);
  assert.equal(book.size, 1);
});

test('a restart knows the same; a damaged file is thrown away', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-state-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'pods.state');
  const book = new KeyBook();
  for (let n = 0; n < 100; n++) book.note(key(String(n)), hashOf(`facts ${n}`));
  const text = standingText({ book, resourceVersion: '42', generation: 'g', generationSince: 7 });
  writeStanding(path, text);
  const read = readStanding(path) ?? assert.fail();
  assert.deepEqual([read.resourceVersion, read.generation, read.book.size], ['42', 'g', 100]);
  assert.equal(read.book.knows(key('5'), hashOf('facts 5')), true);
  for (const damaged of [
    text.slice(0, -20),
    text.replace('"format":1', '"format":9'),
    'nonsense',
    `${text}x`,
  ]) {
    writeFileSync(path, damaged);
    assert.equal(readStanding(path), undefined);
    assert.equal(existsSync(path), false);
  }
  assert.equal(readStanding(path), undefined);
});
