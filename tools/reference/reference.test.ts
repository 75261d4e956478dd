// docs/reference is what the code says: nothing old, nothing missing, nothing besides.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseRoot } from '../house/house.ts';
import { generators } from './generators/list.ts';

const folder = join(houseRoot, 'docs/reference');

for (const { file, generate } of generators) {
  test(`docs/reference/${file} is what the code says`, async () => {
    const expected = await generate(houseRoot);
    assert.ok(readFileSync(join(folder, file), 'utf8') === expected, 'out of date: run npm run docs');
  });
}

test('docs/reference holds nothing that is not generated', () => {
  assert.deepEqual(readdirSync(folder).sort(), generators.map(({ file }) => file).sort());
});
