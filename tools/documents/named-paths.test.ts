// What counts as a path in a document, and what does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headingsOf, linksOf, pathsOf } from './named-paths.ts';

test('links are found with their headings, outside ones are left', () => {
  assert.deepEqual(linksOf('[a](../b.md#c) ![d](e.png) [f](https://g.example/h) [i](#j)'), [
    { path: '../b.md', heading: 'c' },
    { path: 'e.png', heading: undefined },
    { path: '', heading: 'j' },
  ]);
});

test('headings are named as GitHub names them', () => {
  assert.deepEqual(
    [...headingsOf('# Who may, know?\n\n```\n# not this\n```\n## `x` y')],
    ['who-may-know', 'x-y'],
  );
});

test('paths begin with a folder of the house', () => {
  const text =
    '`kit/queue` `GET /api` `hub/<name>/x.ts` `main.ts` `yagura/other` `docs/NNNN-title.md` `kit.ts/`';
  assert.deepEqual(pathsOf(text, new Set(['kit', 'hub', 'docs'])), [
    'kit/queue',
    'hub/*/x.ts',
    'main.ts',
    'docs/*-title.md',
  ]);
});
