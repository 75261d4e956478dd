// Cases that others wrote come out as they expect, where the cases are on this machine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseRoot } from '../house/house.ts';
import { corpora } from './corpora.ts';
import { findCorpus } from './find-corpora.ts';

for (const { name, run } of corpora) {
  const folder = findCorpus(name, { root: houseRoot, env: process.env });
  const results = folder === undefined ? [] : (await run(folder)).results;

  test(`cases of ${name} are here and run`, (t) => {
    if (folder === undefined)
      t.skip(`the corpus is not here: set YAGURA_CORPORA to the folder that holds ${name}/`);
    else assert.ok(results.length > 0);
  });

  for (const { id, miss } of results) test(`${name}: ${id}`, () => assert.equal(miss, undefined));
}
