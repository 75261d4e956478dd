// docs/reference, and what else is made from the code, is what the code says: nothing old, nothing missing, nothing besides.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseRoot } from '../house/house.ts';
import { pathOf, referenceFolder } from './generator.ts';
import { generators } from './generators/list.ts';

for (const generator of generators) {
  const path = pathOf(generator);
  test(`${path} is what the code says`, async () => {
    const expected = await generator.generate(houseRoot);
    assert.ok(readFileSync(join(houseRoot, path), 'utf8') === expected, 'out of date: run npm run docs');
  });
}

test('docs/reference holds nothing that is not generated', () => {
  const generated = generators.filter(({ folder }) => folder === undefined).map(({ file }) => file);
  assert.deepEqual(readdirSync(join(houseRoot, referenceFolder)).sort(), generated.sort());
});
