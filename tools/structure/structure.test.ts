// The house as ARCHITECTURE.md describes it and the house as it stands are one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseRoot, readHouse } from '../house/house.ts';
import { checks } from './checks/list.ts';

const house = readHouse(houseRoot);

for (const { rule, problems } of checks) {
  test(rule, () => {
    const found = problems(house);
    assert.equal(found.length, 0, `\n${found.join('\n')}`);
  });
}
